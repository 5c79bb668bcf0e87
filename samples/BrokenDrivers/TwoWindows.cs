using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace BrokenDrivers;

/// <summary>
/// Two windows with a table each. Whoever added the second one forgot its count, so unmapping a frame buffer gives back the count of a register window,
/// and the module may go while that is mapped.
/// </summary>
public sealed class TwoWindowsModule : KernelModule
{
    private readonly VmOperations _registerOps;
    private readonly VmOperations _frameOps;

    public TwoWindowsModule()
    {
        _registerOps = new VmOperations { Open = VmaOpen, Close = VmaClose };
        _frameOps = new VmOperations { Open = VmaOpen, Close = FrameClose };
    }

    protected override Errno Init() => Kernel.RegisterCharDevice(74, "windows", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(74, "windows");

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();

    private void FrameClose(VmArea area)
    {
        Kernel.Printk("windows: a frame buffer is gone");
        DecrementUseCount();
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        switch (inode.Minor)
        {
            case 0:
                area.Operations = _registerOps;
                IncrementUseCount();
                return Errno.None;
            case 1:
                area.Operations = _frameOps;
                return Errno.None; // expect: MMAP1001
            default:
                return Errno.ENXIO;
        }
    }
}
