using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>The numbers that tell one architecture from another: page size, table levels, and where the kernel puts things.</summary>
[DebuggerDisplay("{Name,nq}")]
public sealed partial class MachineProfile
{
    private MachineProfile()
    {
    }

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

    /// <summary>Entries of the top level (<c>PTRS_PER_PGD</c>): on alpha the table has one more, which maps the table itself.</summary>
    public required int EntriesPerPgd { get; init; }

    /// <summary>The logical address of the first byte of memory (<c>PAGE_OFFSET</c>).</summary>
    public required ulong PageOffset { get; init; }

    /// <summary>The first address that no user mapping reaches (<c>TASK_SIZE</c>).</summary>
    public required ulong TaskSize { get; init; }

    /// <summary>The first <c>vmalloc</c> address (<c>VMALLOC_START</c>); 0 where it lies behind memory, see <see cref="VmallocAlignment"/>.</summary>
    public ulong VmallocStart { get; init; }

    /// <summary>The first address behind those of <c>vmalloc</c> (<c>VMALLOC_END</c>).</summary>
    public required ulong VmallocEnd { get; init; }

    /// <summary>The gap and alignment in bytes between the end of memory and the first <c>vmalloc</c> address, where that follows memory.</summary>
    public ulong VmallocAlignment { get; init; }

    /// <summary>What <c>VMALLOC_VMADDR</c> adds to a <c>vmalloc</c> address to get the linear address that page tables are indexed with.</summary>
    public required ulong VmallocVmaddrOffset { get; init; }

    /// <summary>Whether the kernel's page tables know logical addresses too; where not, the processor translates them by itself (alpha's KSEG).</summary>
    public bool MapsLogicalMemory { get; init; } = true;

    /// <summary>The low flags of an area (read 1, write 2, execute 4) of which one is needed to load from a page that is not there (<c>do_page_fault</c>).</summary>
    public required uint LoadNeeds { get; init; }

    /// <summary>The low flags of an area of which one is needed to fetch an instruction.</summary>
    public required uint FetchNeeds { get; init; }

    /// <summary>The bytes at the bottom of memory that the kernel keeps for itself: reserved pages of count zero.</summary>
    public required ulong LowReserved { get; init; }

    /// <summary>The first bus address that devices get, above all memory.</summary>
    public required ulong MmioBase { get; init; }

    /// <summary>The first bus address behind those of devices.</summary>
    public required ulong MmioEnd { get; init; }

    /// <summary>The most memory, in bytes, that the kernel can map.</summary>
    public required ulong MaximumMemory { get; init; }

    /// <summary>Where a program's text would start; the machine's programs have none, so their break stands here at first.</summary>
    public ulong ProgramBase { get; init; } = 0x08048000;

    /// <summary>How many bytes below the stack pointer an access may let a stack grow; null where the kernel does not look at the stack pointer.</summary>
    public ulong? StackSlack { get; init; }

    /// <summary>The numbers of the flags of system calls.</summary>
    public FlagNumbers Flags { get; init; } = new();

    /// <summary>The most bytes of one segment of shared memory (<c>SHMMAX</c>).</summary>
    public ulong SharedMemoryMaximum { get; init; } = 32 << 20;

    /// <summary>The format of page table entries.</summary>
    public required PageTableFormat PageTable { get; init; }

    /// <summary>The bytes of a page (<c>PAGE_SIZE</c>).</summary>
    public int PageSize => 1 << PageShift;

    /// <summary>Table levels that exist in memory: 2 where the middle one is folded.</summary>
    public int Levels => EntriesPerPmd == 1 ? 2 : 3;

    /// <summary>The bytes of a table of the top level.</summary>
    internal int PgdSize => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)EntriesPerPgd) * PageTable.EntrySize;

    /// <summary>The bytes of a table of the middle level.</summary>
    internal int PmdTableSize => EntriesPerPmd * PageTable.EntrySize;

    /// <summary>The bytes of a table of the lowest level.</summary>
    internal int PteTableSize => EntriesPerPte * PageTable.EntrySize;

    /// <summary>The largest number an <c>unsigned long</c> of the machine holds.</summary>
    internal ulong WordMask => AddressBits == 64 ? ulong.MaxValue : (1UL << AddressBits) - 1;

    /// <summary>How listings write an address: in hexadecimal, with all digits of the machine's word.</summary>
    internal string AddressFormat => AddressBits == 64 ? "x16" : "x8";

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
