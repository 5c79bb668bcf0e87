using MmapAnalyzers.Differential.Programs;

namespace MmapAnalyzers.Differential.Comparing;

/// <summary>The arena of one process, page by page. Made once and filled again and again.</summary>
internal sealed class SpaceView
{
    private readonly PageView[] _pages = new PageView[Arena.Pages];
    private readonly ulong[] _ends = new ulong[Arena.Pages];

    public ReadOnlySpan<PageView> Pages => _pages;

    public ref readonly PageView At(ulong address) => ref _pages[Index(address)];

    /// <summary>The end of the area that an address lies in; the next page for an address that lies in none.</summary>
    public ulong AreaEnd(ulong address) => _ends[Index(address)];

    public void Clear()
    {
        for (int i = 0; i < Arena.Pages; i++)
        {
            _pages[i] = default;
            _ends[i] = Arena.Start + ((ulong)(i + 1) * Arena.PageSize);
        }
    }

    /// <summary>Enters an area; what of it lies outside of the arena is left out.</summary>
    public void Add(ulong start, ulong end, PageView first)
    {
        for (ulong at = Math.Max(start, Arena.Start); at < end && at < Arena.End; at += Arena.PageSize)
        {
            _pages[Index(at)] = first.IsDevice ? first with { Offset = first.Offset + (at - start) } : first;
            _ends[Index(at)] = end;
        }
    }

    /// <summary>Whether every page of a range is mapped.</summary>
    public bool IsFull(ulong start, ulong length)
    {
        for (ulong at = start; at < start + length; at += Arena.PageSize)
        {
            if (!Arena.Holds(at, 1) || at == Arena.End || !At(at).IsMapped)
                return false;
        }

        return true;
    }

    private static int Index(ulong address) => (int)((address - Arena.Start) / Arena.PageSize);
}
