namespace MmapAnalyzers.Runtime.Hardware;

public sealed partial class MachineProfile
{
    /// <summary>A SPARC with the reference MMU (sun4m): 4 KB pages, three levels, tables smaller than a page, memory at 0xf0000000.</summary>
    public static MachineProfile SparcSrmmu { get; } = SparcWith("sparc srmmu", pmdShift: 18, pgdirShift: 24, pte: 64, pmd: 64, pgd: 256, new PageTableFormat
    {
        EntrySize = 4,
        FrameMask = 0xFFFFFF00,
        FrameShift = -4,
        Present = 0x02,
        Writable = EntryBits.Ones(0x04),
        Uncached = EntryBits.Zeros(0x80),
        UserLoad = EntryBits.Zeros(0x10),
        UserStore = new EntryBits(Mask: 0x14, Value: 0x04),
        UserFetch = new EntryBits(Mask: 0x18, Value: 0x08),
        Accessed = 0x20,
        Dirty = 0x40,
        ProtectionMap = [.. PrivateThenShared(none: 0xBE, readOnly: 0xAA, copy: 0xAA, shared: 0xAE)],
        KernelProtection = 0xBE,
        TableMask = 0xFFFFFFF0,
        TableShift = -4,
        TableBits = 0x01,
        TablePresent = 0x01,
        Swap = new SwapEntryFormat(TypeShift: 2, OffsetShift: 9),
    });

    /// <summary>A SPARCstation of the first generation (sun4c): 4 KB pages, two levels in memory that the kernel loads into the MMU by itself, memory at 0xf0000000.</summary>
    public static MachineProfile SparcSun4c { get; } = SparcWith("sparc sun4c", pmdShift: 22, pgdirShift: 22, pte: 1024, pmd: 1, pgd: 1024, new PageTableFormat
    {
        EntrySize = 4,
        FrameMask = 0x0000FFFF,
        FrameShift = -12,
        Present = 0x80000000,
        Writable = EntryBits.Ones(0x40000000),
        Uncached = EntryBits.Ones(0x10000000),
        UserLoad = EntryBits.Zeros(0x20000000),
        UserStore = new EntryBits(Mask: 0x60000000, Value: 0x40000000),
        UserFetch = EntryBits.Zeros(0x20000000),
        Accessed = 0x02000000,
        Dirty = 0x01000000,
        ProtectionMap = [.. PrivateThenShared(none: 0xA2000000, readOnly: 0x82000000, copy: 0x82000000, shared: 0xC2000000)],
        KernelProtection = 0xE3000000,
        TableMask = 0xFFFFF000,
        TableShift = 0,
        TableBits = 0x01,
        TablePresent = 0x01,
        Swap = new SwapEntryFormat(TypeShift: 0, OffsetShift: 7),
    });

    private static MachineProfile SparcWith(string name, int pmdShift, int pgdirShift, int pte, int pmd, int pgd, PageTableFormat format) => new()
    {
        Name = name,
        AddressBits = 32,
        PageShift = 12,
        PmdShift = pmdShift,
        PgdirShift = pgdirShift,
        EntriesPerPte = pte,
        EntriesPerPmd = pmd,
        EntriesPerPgd = pgd,
        PageOffset = 0xF0000000,
        TaskSize = 0xF0000000,
        VmallocStart = 0xFE200000,
        VmallocEnd = 0xFF000000,
        VmallocVmaddrOffset = 0,
        LowReserved = 1 << 20,
        MmioBase = 0x0C000000,
        MmioEnd = 0x0E200000,
        MaximumMemory = 0x0C000000,
        LoadNeeds = 5,
        FetchNeeds = 5,
        ProgramBase = 0x00010000,
        Flags = new FlagNumbers { MclCurrent = 0x2000, MclFuture = 0x4000 },
        PageTable = format,
    };
}
