using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Guesses whether memory suffices for a private writable mapping (<c>vm_enough_memory</c>). Nothing is set aside: a later fault may still find none.</summary>
internal sealed class MemoryEstimate(MemMap memMap)
{
    /// <summary>Pages of the cache that can be dropped (<c>page_cache_size</c>).</summary>
    public Func<long> CachedPages { get; set; } = static () => 0;

    /// <summary>Pages of swap that are free (<c>nr_swap_pages</c>).</summary>
    public Func<long> SwapPages { get; set; } = static () => 0;

    /// <summary>Whether more pages are free, or can be made so, than asked for; a sixteenth of memory is kept back.</summary>
    public bool Suffices(long pages)
    {
        long kept = memMap.Count >> 4;
        long cached = CachedPages();

        // A small cache is what the system needs anyhow: only half of it counts.
        if (cached <= kept + 48)
            cached >>= 1;
        return cached + memMap.FreeCount + SwapPages() - kept > pages;
    }
}
