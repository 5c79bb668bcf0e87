using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The memory manager of one machine: its parts, and what all of them need.</summary>
internal sealed class VmSystem
{
    /// <summary>Frames that the kernel image holds, as <c>head.S</c> lays them out: both are reserved pages of count 0.</summary>
    private const int BadPageFrame = 3;

    private const int ZeroPageFrame = 5;

    public VmSystem(MachineHardware hardware, MemMap memMap, PageDirectories directories, DriverGate gate)
    {
        Hardware = hardware;
        MemMap = memMap;
        Directories = directories;
        Gate = gate;
        Calls = new AreaCalls(gate);
        Protections = new ProtectionMap(hardware.Profile.PageTable);
        Swap = new SwapSpace(hardware);
        Entries = new TableEntries(this);
        InitMm = new AddressSpace(hardware, directories.Swapper);
        Unmapper = new AreaUnmapper(this);
        Mapper = new AreaMapper(this);
        Mover = new AreaMover(this);
        Copier = new SpaceCopier(this);
        Faults = new FaultHandler(this);
        SwapFaults = new SwapFaults(this);
        Remapper = new PageRemapper(this);
        SharedMemory = new SharedMemory(this);
        Stealer = new PageStealer(this);
        memMap.Reclaim = Stealer.FreePage;
    }

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

    public AreaMapper Mapper { get; }

    public AreaMover Mover { get; }

    public SpaceCopier Copier { get; }

    public FaultHandler Faults { get; }

    public SwapFaults SwapFaults { get; }

    public PageRemapper Remapper { get; }

    public SwapSpace Swap { get; }

    public SharedMemory SharedMemory { get; }

    public PageStealer Stealer { get; }

    /// <summary>Which defects of 2.0.40 this kernel has.</summary>
    public KernelDefects Defects { get; set; }

    /// <summary>The page of zeros that every untouched anonymous page is (<c>ZERO_PAGE</c>).</summary>
    public ulong ZeroPage => (ulong)ZeroPageFrame << Profile.PageShift;

    /// <summary>The entry that stands in where no page could be had: a writable page of junk, here zeros each time (<c>BAD_PAGE</c>).</summary>
    public ulong BadPageEntry()
    {
        Hardware.Memory.Frame(BadPageFrame).Clear();
        PageTableFormat format = Profile.PageTable;
        return ((ulong)BadPageFrame << Profile.PageShift) | Protections.Shared | format.Dirty;
    }

    /// <summary>Makes an empty address space.</summary>
    /// <returns>It, or null when memory is exhausted.</returns>
    public AddressSpace? NewAddressSpace() => Directories.Create() is not 0 and var directory ? new AddressSpace(Hardware, directory) : null;
}
