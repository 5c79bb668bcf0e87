using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The memory manager of one machine: its parts, and what all of them need.</summary>
internal sealed class VmSystem
{
    /// <summary>Frames that the kernel image holds, as <c>head.S</c> lays them out: both are reserved pages of count 0.</summary>
    private const int BadPageFrame = 3;

    private const int ZeroPageFrame = 5;

    private readonly Func<TaskContext> _current;

    public VmSystem(MachineHardware hardware, MemMap memMap, PageDirectories directories, Kmalloc kmalloc, DriverGate gate, Func<TaskContext> current)
    {
        _current = current;
        Hardware = hardware;
        MemMap = memMap;
        Directories = directories;
        Gate = gate;
        Calls = new AreaCalls(gate);
        Areas = new AreaStore(kmalloc, memMap.Books, hardware.Profile);
        Spaces = new SpaceKeeper(this, kmalloc);
        Protections = new ProtectionMap(hardware.Profile.PageTable);
        Swap = new SwapSpace(hardware);
        Estimate = new MemoryEstimate(memMap, Swap, () => PageCache!.Count);
        Entries = new TableEntries(this);
        InitMm = new AddressSpace(hardware, memMap.KernelLock, directories.Swapper);
        Unmapper = new AreaUnmapper(this);
        MappingAuditor = new MappingAuditor(this);
        Mapper = new AreaMapper(this);
        Mover = new AreaMover(this);
        Copier = new SpaceCopier(this);
        Faults = new FaultHandler(this);
        SwapFaults = new SwapFaults(this);
        Remapper = new PageRemapper(this);
        Splitter = new AreaSplitter(this);
        Protector = new AreaProtector(this);
        Locker = new AreaLocker(this);
        Syncer = new AreaSyncer(this);
        Breaks = new BreakMover(this);
        Stacks = new StackGrower(this);
        PageCache = new PageCache(hardware, memMap);
        FileAreas = new FileAreas(this);
        Truncator = new FileTruncator(this);
        UserAccess = new UserAccess(this);
        SharedMemory = new SharedMemory(this);
        Stealer = new PageStealer(this);
        Stealer.Reclaimers.Add(PageCache.Shrink);
        memMap.Reclaim = Stealer.FreePage;
    }

    /// <summary>The defects of 2.0.40 that are switched on.</summary>
    public KernelDefects Defects { get; set; }

    /// <summary>The process that the kernel works for.</summary>
    public TaskContext Current => _current();

    public MachineHardware Hardware { get; }

    public MachineProfile Profile => Hardware.Profile;

    public MemMap MemMap { get; }

    public PageDirectories Directories { get; }

    public DriverGate Gate { get; }

    public AreaCalls Calls { get; }

    public ProtectionMap Protections { get; }

    public TableEntries Entries { get; }

    public AddressSpace InitMm { get; }

    public AreaUnmapper Unmapper { get; }

    public MappingAuditor MappingAuditor { get; }

    public AreaMapper Mapper { get; }

    public AreaMover Mover { get; }

    public SpaceCopier Copier { get; }

    public FaultHandler Faults { get; }

    public SwapFaults SwapFaults { get; }

    public PageRemapper Remapper { get; }

    public AreaStore Areas { get; }

    public MemoryEstimate Estimate { get; }

    public SpaceKeeper Spaces { get; }

    public AreaSplitter Splitter { get; }

    public AreaProtector Protector { get; }

    public AreaLocker Locker { get; }

    public AreaSyncer Syncer { get; }

    public BreakMover Breaks { get; }

    public StackGrower Stacks { get; }

    public PageCache PageCache { get; }

    public FileAreas FileAreas { get; }

    public FileTruncator Truncator { get; }

    public UserAccess UserAccess { get; }

    public SwapSpace Swap { get; }

    public SharedMemory SharedMemory { get; }

    public PageStealer Stealer { get; }

    /// <summary>The page of zeros that every untouched anonymous page is (<c>ZERO_PAGE</c>).</summary>
    public ulong ZeroPage => (ulong)ZeroPageFrame << Profile.PageShift;

    /// <summary>The entry that stands in where no page could be had: a writable page of junk, here zeros each time (<c>BAD_PAGE</c>).</summary>
    public ulong BadPageEntry()
    {
        Hardware.Memory.Frame(BadPageFrame).Clear();
        PageTableFormat format = Profile.PageTable;
        return format.Entry((ulong)BadPageFrame << Profile.PageShift, format.SharedProtection | format.Dirty);
    }
}
