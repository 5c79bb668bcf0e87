namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>What the bits of page table entries mean: data of a machine, so that one walk serves every profile.</summary>
public sealed class PageTableFormat
{
    /// <summary>The bytes of one entry.</summary>
    public required int EntrySize { get; init; }

    /// <summary>The bits of an entry that hold the frame.</summary>
    public required ulong FrameMask { get; init; }

    /// <summary>How far a physical address is shifted to the left to stand in <see cref="FrameMask"/>; negative is to the right.</summary>
    public required int FrameShift { get; init; }

    /// <summary>The bit without which the processor faults (<c>_PAGE_PRESENT</c>, <c>_PAGE_VALID</c>).</summary>
    public required ulong Present { get; init; }

    /// <summary>Whether the page may be written (<c>pte_write</c>).</summary>
    public required EntryBits Writable { get; init; }

    /// <summary>Whether the page is kept out of the cache (<c>_PAGE_PCD</c>).</summary>
    public required EntryBits Uncached { get; init; }

    /// <summary>What user mode needs, beside presence, to load.</summary>
    public required EntryBits UserLoad { get; init; }

    /// <summary>What user mode needs, beside presence, to store.</summary>
    public required EntryBits UserStore { get; init; }

    /// <summary>What user mode needs, beside presence, to fetch an instruction.</summary>
    public required EntryBits UserFetch { get; init; }

    /// <summary>The bits that say that the page was used (<c>pte_young</c>).</summary>
    public required ulong Accessed { get; init; }

    /// <summary>The bits that say that the page was written (<c>pte_dirty</c>).</summary>
    public required ulong Dirty { get; init; }

    /// <summary>The entry bits for the low four flags of an area: read 1, write 2, execute 4, shared 8 (<c>protection_map</c>).</summary>
    public required IReadOnlyList<ulong> ProtectionMap { get; init; }

    /// <summary>The entry bits of the kernel's own pages (<c>PAGE_KERNEL</c>).</summary>
    public required ulong KernelProtection { get; init; }

    /// <summary>The bits of an upper entry that hold the address of the table below.</summary>
    public required ulong TableMask { get; init; }

    /// <summary>How far the address of a table is shifted to the left in an upper entry; negative is to the right.</summary>
    public required int TableShift { get; init; }

    /// <summary>The other bits of an upper entry (<c>_PAGE_TABLE</c>).</summary>
    public required ulong TableBits { get; init; }

    /// <summary>The bit of an upper entry by which it is known to be one.</summary>
    public required ulong TablePresent { get; init; }

    /// <summary>Where an entry that is not present says what it stands for.</summary>
    internal SwapEntryFormat Swap { get; init; } = new(TypeShift: 1, OffsetShift: 8);

    /// <summary>The bits that a change of protection keeps (<c>_PAGE_CHG_MASK</c>): frame, accessed, dirty.</summary>
    internal ulong ChangeMask => FrameMask | Accessed | Dirty;

    /// <summary>The bits of a page that anybody may write (<c>PAGE_SHARED</c>).</summary>
    internal ulong SharedProtection => ProtectionMap[11];

    /// <summary>An entry as <c>mk_pte</c> makes it: the address is shifted, not masked, so that its low bits end up in the flags.</summary>
    internal ulong Entry(ulong physical, ulong protection) => Shift(physical, FrameShift) | protection;

    /// <summary>The physical address of the frame in an entry.</summary>
    internal ulong Frame(ulong entry) => Shift(entry & FrameMask, -FrameShift);

    /// <summary>An upper entry that points to a table.</summary>
    internal ulong TableEntry(ulong table) => Shift(table, TableShift) | TableBits;

    /// <summary>The physical address of the table that an upper entry points to.</summary>
    internal ulong Table(ulong entry) => Shift(entry & TableMask, -TableShift);

    private static ulong Shift(ulong value, int left) => left >= 0 ? value << left : value >> -left;
}
