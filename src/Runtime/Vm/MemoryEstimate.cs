using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Guesses whether memory suffices for a private writable mapping (<c>vm_enough_memory</c>). Nothing is set aside: a later fault may still find none.</summary>
internal sealed class MemoryEstimate(MemMap memMap, SwapSpace swap, Func<int> cachedPages)
{
    /// <summary>Whether more pages are free, or can be made so, than asked for; a sixteenth of memory is kept back.</summary>
    public bool Suffices(long pages)
    {
        long kept = memMap.Count >> 4;
        long cached = cachedPages();

        // A small cache is what the system needs anyhow: only half of it counts.
        if (cached <= kept + 48)
            cached >>= 1;
        return cached + memMap.FreeCount + swap.Free - kept > pages;
    }
}
