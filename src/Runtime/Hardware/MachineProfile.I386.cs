namespace MmapAnalyzers.Runtime.Hardware;

public sealed partial class MachineProfile
{
    private const ulong I386ReadOnly = 0x025;
    private const ulong I386Shared = 0x027;
    private const ulong I386None = 0x021;

    /// <summary>The 32-bit PC as Linux 2.0 sees it: 4 KB pages, two levels, logical addresses equal to physical ones, 3 GB for the user.</summary>
    public static MachineProfile I386 { get; } = I386With("i386", taskSize: 0xC0000000, maximumMemory: 1UL << 30);

    /// <summary>The same PC with the kernel configured for 2 GB of memory (<c>CONFIG_MAX_MEMSIZE</c>), which leaves 2 GB for the user.</summary>
    public static MachineProfile I386Enterprise { get; } = I386With("i386 enterprise", taskSize: 0x80000000, maximumMemory: 0x7C000000);

    private static MachineProfile I386With(string name, ulong taskSize, ulong maximumMemory) => new()
    {
        Name = name,
        AddressBits = 32,
        PageShift = 12,
        PmdShift = 22,
        PgdirShift = 22,
        EntriesPerPte = 1024,
        EntriesPerPmd = 1,
        EntriesPerPgd = 1024,
        PageOffset = 0,
        TaskSize = taskSize,
        VmallocAlignment = 8 << 20,
        VmallocEnd = (1UL << 32) - taskSize,
        VmallocVmaddrOffset = taskSize,
        LowReserved = 1 << 20,
        MmioBase = 0xE0000000,
        MmioEnd = 1UL << 32,
        MaximumMemory = maximumMemory,
        StackSlack = 32,
        LoadNeeds = 5,
        FetchNeeds = 5,
        PageTable = new PageTableFormat
        {
            EntrySize = 4,
            FrameMask = 0xFFFFF000,
            FrameShift = 0,
            Present = 0x001,
            Writable = EntryBits.Ones(0x002),
            Uncached = EntryBits.Ones(0x010),
            UserLoad = EntryBits.Ones(0x004),
            UserStore = EntryBits.Ones(0x006),
            UserFetch = EntryBits.Ones(0x004),
            Accessed = 0x020,
            Dirty = 0x040,
            ProtectionMap = [.. PrivateThenShared(I386None, I386ReadOnly, I386ReadOnly, I386Shared)],
            KernelProtection = 0x063,
            TableMask = 0xFFFFF000,
            TableShift = 0,
            TableBits = 0x067,
            TablePresent = 0x001,
        },
    };

    /// <summary>A map in which writing implies reading and executing is reading: the pages of eight private and eight shared combinations.</summary>
    private static IEnumerable<ulong> PrivateThenShared(ulong none, ulong readOnly, ulong copy, ulong shared) =>
        [none, readOnly, copy, copy, readOnly, readOnly, copy, copy, none, readOnly, shared, shared, readOnly, readOnly, shared, shared];
}
