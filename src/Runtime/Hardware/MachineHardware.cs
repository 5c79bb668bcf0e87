namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>The parts of one machine below its kernel.</summary>
internal sealed class MachineHardware
{
    public MachineHardware(MachineProfile profile, PhysicalMemory memory)
    {
        Profile = profile;
        Memory = memory;
        Tables = new PageTables(memory, profile);
        Mmu = new Mmu(profile, Tables);
    }

    public MachineProfile Profile { get; }

    public PhysicalMemory Memory { get; }

    public PageTables Tables { get; }

    public Mmu Mmu { get; }
}
