using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>The numbers that tell one architecture from another: page size, table levels, and where the kernel puts things.</summary>
[DebuggerDisplay("{Name,nq}")]
public sealed class MachineProfile
{
    private MachineProfile()
    {
    }

    /// <summary>The 32-bit PC as Linux 2.0 sees it: 4 KB pages, two levels, logical addresses equal to physical ones, 3 GB for the user.</summary>
    public static MachineProfile I386 { get; } = new()
    {
        Name = "i386",
        AddressBits = 32,
        PageShift = 12,
        PmdShift = 22,
        PgdirShift = 22,
        EntriesPerPte = 1024,
        EntriesPerPmd = 1,
        EntriesPerPgd = 1024,
        PageOffset = 0,
        TaskSize = 0xC0000000,
        VmallocAlignment = 8 << 20,
        VmallocVmaddrOffset = 0xC0000000,
        LowReserved = 1 << 20,
        MmioBase = 0xE0000000,
        MaximumMemory = 1UL << 30,
        StackSlack = 32,
        PageTable = new PageTableFormat
        {
            EntrySize = 4,
            FrameMask = 0xFFFFF000,
            Present = 0x001,
            Writable = 0x002,
            User = 0x004,
            CacheDisable = 0x010,
            Accessed = 0x020,
            Dirty = 0x040,
        },
    };

    /// <summary>The kernel's name of the architecture.</summary>
    public required string Name { get; init; }

    /// <summary>The bits of an address and of the kernel's <c>unsigned long</c>.</summary>
    public required int AddressBits { get; init; }

    /// <summary>The logarithm of the page size (<c>PAGE_SHIFT</c>).</summary>
    public required int PageShift { get; init; }

    /// <summary>The logarithm of what one entry of the middle level maps (<c>PMD_SHIFT</c>).</summary>
    public required int PmdShift { get; init; }

    /// <summary>The logarithm of what one entry of the top level maps (<c>PGDIR_SHIFT</c>).</summary>
    public required int PgdirShift { get; init; }

    /// <summary>Entries of a table of the lowest level (<c>PTRS_PER_PTE</c>).</summary>
    public required int EntriesPerPte { get; init; }

    /// <summary>Entries of a table of the middle level; 1 where that level is folded into the top one (<c>PTRS_PER_PMD</c>).</summary>
    public required int EntriesPerPmd { get; init; }

    /// <summary>Entries of the top level (<c>PTRS_PER_PGD</c>).</summary>
    public required int EntriesPerPgd { get; init; }

    /// <summary>The logical address of the first byte of memory (<c>PAGE_OFFSET</c>).</summary>
    public required ulong PageOffset { get; init; }

    /// <summary>The first address that no user mapping reaches (<c>TASK_SIZE</c>).</summary>
    public required ulong TaskSize { get; init; }

    /// <summary>The gap and alignment in bytes between the end of memory and the first <c>vmalloc</c> address.</summary>
    public required ulong VmallocAlignment { get; init; }

    /// <summary>What <c>VMALLOC_VMADDR</c> adds to a <c>vmalloc</c> address to get the linear address that page tables are indexed with.</summary>
    public required ulong VmallocVmaddrOffset { get; init; }

    /// <summary>The bytes at the bottom of memory that the kernel keeps for itself: reserved pages of count zero.</summary>
    public required ulong LowReserved { get; init; }

    /// <summary>The first bus address that devices get, above all memory.</summary>
    public required ulong MmioBase { get; init; }

    /// <summary>The most memory, in bytes, that the kernel can map.</summary>
    public required ulong MaximumMemory { get; init; }

    /// <summary>Where a program's text would start; the machine's programs have none, so their break stands here at first.</summary>
    public ulong ProgramBase { get; init; } = 0x08048000;

    /// <summary>How many bytes below the stack pointer an access may let a stack grow; null where the kernel does not look at the stack pointer.</summary>
    public ulong? StackSlack { get; init; }

    /// <summary>The numbers of the flags of system calls.</summary>
    public FlagNumbers Flags { get; init; } = new();

    /// <summary>The format of page table entries.</summary>
    public required PageTableFormat PageTable { get; init; }

    /// <summary>The bytes of a page (<c>PAGE_SIZE</c>).</summary>
    public int PageSize => 1 << PageShift;

    /// <summary>Table levels that exist in memory: 2 where the middle one is folded.</summary>
    public int Levels => EntriesPerPmd == 1 ? 2 : 3;

    /// <summary>The largest number an <c>unsigned long</c> of the machine holds.</summary>
    internal ulong WordMask => AddressBits == 64 ? ulong.MaxValue : (1UL << AddressBits) - 1;

    /// <summary>The bits of an address inside its page.</summary>
    internal ulong OffsetMask => (1UL << PageShift) - 1;

    /// <summary>The bytes that one entry of the lowest but one level maps.</summary>
    internal ulong PmdSize => 1UL << PmdShift;

    /// <summary>The index of the first entry of the top level that belongs to the kernel (<c>USER_PTRS_PER_PGD</c>).</summary>
    internal int UserEntriesPerPgd => (int)(TaskSize >> PgdirShift);

    /// <summary>Rounds <paramref name="length"/> up to a page in the machine's word, where it may wrap to zero (<c>PAGE_ALIGN</c>).</summary>
    internal ulong PageAlign(ulong length) => (length + OffsetMask) & ~OffsetMask & WordMask;

    /// <summary>The end of a range whose length is rounded up to pages.</summary>
    /// <returns>Whether length and end fit the machine's word; a length whose rounding wraps to zero does.</returns>
    internal bool TryAlignRange(ulong start, ulong length, out ulong end)
    {
        ulong aligned = PageAlign(length);
        end = (start + aligned) & WordMask;
        return start <= WordMask && length <= WordMask && end >= start;
    }

    /// <summary>The start of the page that <paramref name="address"/> lies in.</summary>
    internal ulong PageStart(ulong address) => address & ~OffsetMask;

    /// <summary>The name of the architecture.</summary>
    public override string ToString() => Name;
}
