namespace MmapAnalyzers.Runtime.Hardware;

public sealed partial class MachineProfile
{
    // The processor faults on read, write and execution by a bit each; present entries start out accessed.
    private const ulong FaultOnRead = 0x2;
    private const ulong FaultOnWrite = 0x4;
    private const ulong FaultOnExecute = 0x8;
    private const ulong AlphaAccessed = 0x40300;
    private const ulong AlphaNormal = 0x1 | AlphaAccessed;

    /// <summary>A 64-bit Alpha: 8 KB pages, three levels of 8-byte entries, memory in a segment that needs no tables, execution a right of its own.</summary>
    public static MachineProfile Alpha { get; } = new()
    {
        Name = "alpha",
        AddressBits = 64,
        PageShift = 13,
        PmdShift = 23,
        PgdirShift = 33,
        EntriesPerPte = 1024,
        EntriesPerPmd = 1024,
        EntriesPerPgd = 1023,
        PageOffset = 0xFFFFFC0000000000,
        TaskSize = 0x40000000000,
        VmallocStart = 0xFFFFFE0000000000,
        VmallocEnd = 0xFFFFFFFF00000000,
        VmallocVmaddrOffset = 0,
        MapsLogicalMemory = false,
        LowReserved = 1 << 20,
        MmioBase = 0x80000000,
        MmioEnd = 0x100000000,
        MaximumMemory = 0x7C000000,
        LoadNeeds = 3,
        FetchNeeds = 4,
        ProgramBase = 0x120000000,
        Flags = new FlagNumbers { MapFixed = 0x100, MapAnonymous = 0x10, MsAsync = 1, MsInvalidate = 4, MsSync = 2, MclCurrent = 0x2000, MclFuture = 0x4000 },
        PageTable = new PageTableFormat
        {
            EntrySize = 8,
            FrameMask = 0xFFFFFFFF00000000,
            FrameShift = 19,
            Present = 0x1,
            Writable = EntryBits.Zeros(FaultOnWrite),
            Uncached = default,
            UserLoad = EntryBits.Zeros(FaultOnRead),
            UserStore = EntryBits.Zeros(FaultOnWrite),
            UserFetch = EntryBits.Zeros(FaultOnExecute),
            Accessed = AlphaAccessed,
            Dirty = 0x23000,
            ProtectionMap = [.. AlphaProtections(FaultOnWrite), .. AlphaProtections(0)],
            KernelProtection = 0x1111,
            TableMask = 0xFFFFFFFF00000000,
            TableShift = 19,
            TableBits = 0x1 | AlphaAccessed | 0x23000,
            TablePresent = 0x1,
            Swap = new SwapEntryFormat(TypeShift: 32, OffsetShift: 40),
        },
    };

    private static IEnumerable<ulong> AlphaProtections(ulong always)
    {
        ulong[] faults =
        [
            FaultOnExecute | FaultOnWrite | FaultOnRead, FaultOnExecute | FaultOnWrite, FaultOnExecute, FaultOnExecute,
            FaultOnWrite | FaultOnRead, FaultOnWrite, 0, 0,
        ];
        return faults.Select(fault => AlphaNormal | fault | always);
    }
}
