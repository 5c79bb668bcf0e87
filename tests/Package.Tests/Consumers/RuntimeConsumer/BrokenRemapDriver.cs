using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

/// <summary>Counts the copies of an area, but not the first mapping: the core does not call Open for that one.</summary>
internal sealed class BrokenRemapDriver : KernelModule
{
    private readonly VmOperations _operations;

    public BrokenRemapDriver() => _operations = new VmOperations { Open = AreaOpened, Close = AreaClosed };

    protected override Errno Init() => Kernel.RegisterCharDevice(60, "broken", new FileOperations { Mmap = Map });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(60, "broken");

    private void AreaOpened(VmArea area) => IncrementUseCount();

    private void AreaClosed(VmArea area) => DecrementUseCount();

    private Errno Map(Inode inode, OpenFile file, VmArea area)
    {
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        area.Operations = _operations;
        area.Inode = inode;
        inode.Get();
        return Errno.None; // expect: MMAP1001
    }
}
