using System.Runtime.CompilerServices;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>What is known of every frame, in arrays: counts and flags stand close together for who walks over many pages.</summary>
internal sealed class PageStates
{
    /// <summary>The number that stands for no page.</summary>
    public const int None = -1;

    private readonly int[] _counts;
    private readonly PageFlags[] _flags;
    private readonly Links[] _links;

    // The books of pages that driver code had to do with, which are few.
    private readonly Dictionary<int, int> _places = [];
    private PageLedger[] _ledgers = new PageLedger[16];

    public PageStates(int frames)
    {
        _counts = new int[frames];
        _flags = new PageFlags[frames];
        _links = new Links[frames];
        Array.Fill(_links, new Links { Next = None, Previous = None, FreeOrder = Page.NotFree });
    }

    /// <summary>The counts of all frames.</summary>
    public Span<int> Counts => _counts;

    /// <summary>The flags of all frames.</summary>
    public ReadOnlySpan<PageFlags> AllFlags => _flags;

    public ref int Count(int frame) => ref _counts[frame];

    public ref PageFlags Flags(int frame) => ref _flags[frame];

    public ref Links LinksOf(int frame) => ref _links[frame];

    /// <summary>The books of a page, opened when they are first asked for.</summary>
    public ref PageLedger Ledger(int frame)
    {
        if (_places.TryGetValue(frame, out int place))
            return ref _ledgers[place];
        place = _places.Count;
        _places.Add(frame, place);
        if (place == _ledgers.Length)
            Array.Resize(ref _ledgers, place * 2);
        return ref _ledgers[place];
    }

    /// <summary>Whether books were ever opened for a page; without them there is nothing to close.</summary>
    public bool HasLedger(int frame) => _places.Count > 0 && _places.ContainsKey(frame);

    /// <summary>Gives a page one more user, unless the frame is no memory or reserved.</summary>
    /// <returns>Whether it is counted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryHold(ulong frame)
    {
        if (frame >= (ulong)_counts.Length || (_flags[frame] & PageFlags.Reserved) != 0)
            return false;
        _counts[frame]++;
        return true;
    }

    /// <summary>The part of a page's state that only allocation looks at.</summary>
    public struct Links
    {
        public int Next;
        public int Previous;
        public sbyte BlockOrder;
        public sbyte FreeOrder;
    }
}
