namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>Where the bits of a page table entry stand: data of a machine, so that one walk serves every profile.</summary>
public sealed class PageTableFormat
{
    /// <summary>The bytes of one entry.</summary>
    public required int EntrySize { get; init; }

    /// <summary>The bits that hold the address of the frame, or of the next table.</summary>
    public required ulong FrameMask { get; init; }

    /// <summary>The bit without which the processor faults (<c>_PAGE_PRESENT</c>).</summary>
    public required ulong Present { get; init; }

    /// <summary>The bit that lets the page be written (<c>_PAGE_RW</c>).</summary>
    public required ulong Writable { get; init; }

    /// <summary>The bit that lets user mode in (<c>_PAGE_USER</c>).</summary>
    public required ulong User { get; init; }

    /// <summary>The bit that keeps the page out of the cache (<c>_PAGE_PCD</c>).</summary>
    public required ulong CacheDisable { get; init; }

    /// <summary>The bit that the processor sets on any access (<c>_PAGE_ACCESSED</c>).</summary>
    public required ulong Accessed { get; init; }

    /// <summary>The bit that the processor sets on a write (<c>_PAGE_DIRTY</c>).</summary>
    public required ulong Dirty { get; init; }

    /// <summary>Where an entry that is not present says what it stands for.</summary>
    internal SwapEntryFormat Swap { get; init; } = new(TypeShift: 1, OffsetShift: 8);

    /// <summary>The bits of an entry that points to a table of a lower level (<c>_PAGE_TABLE</c>).</summary>
    internal ulong Table => Present | Writable | User | Accessed | Dirty;

    /// <summary>The bits that a change of protection keeps (<c>_PAGE_CHG_MASK</c>): frame, accessed, dirty.</summary>
    internal ulong ChangeMask => FrameMask | Accessed | Dirty;
}
