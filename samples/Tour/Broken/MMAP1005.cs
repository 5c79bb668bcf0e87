using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

public sealed class FrameBuffer : KernelModule
{
    private readonly VmOperations _areaOps;

    public FrameBuffer() => _areaOps = new VmOperations { Open = VmaOpen, Close = VmaClose };

    protected override Errno Init() => Kernel.RegisterCharDevice(60, "fb", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(60, "fb");

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;

        area.Operations = _areaOps;
        IncrementUseCount();
        area.Inode = inode;
        return Errno.None;
    }
}
