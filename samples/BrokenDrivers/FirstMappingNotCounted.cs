using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace BrokenDrivers;

/// <summary><c>mmap</c> relies on <c>VmaOpen</c>, which does not run for the first mapping: after the first <c>munmap</c> the module's count is -1.</summary>
public sealed class ForgottenCountModule : KernelModule
{
    private readonly VmOperations _vmOps;

    public ForgottenCountModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose };

    protected override Errno Init() => Kernel.RegisterCharDevice(70, "forgotten", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(70, "forgotten");

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;

        area.Operations = _vmOps;
        area.Inode = inode;
        inode.Get();
        return Errno.None; // expect: MMAP1001
    }
}

/// <summary>Only shared mappings are counted, <c>VmaClose</c> gives back one for every mapping: a private one takes somebody else's count away.</summary>
public sealed class SharedOnlyCountModule : KernelModule
{
    private readonly VmOperations _vmOps;

    public SharedOnlyCountModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose };

    protected override Errno Init() => Kernel.RegisterCharDevice(71, "sharedonly", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(71, "sharedonly");

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        if ((area.Flags & VmFlags.Shared) != 0)
            IncrementUseCount();
        return Errno.None; // expect: MMAP1001
    }
}

/// <summary>Counted by hand and again through <c>VmaOpen</c>: the module can never be removed.</summary>
public sealed class CountedTwiceModule : KernelModule
{
    private readonly VmOperations _vmOps;

    public CountedTwiceModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose };

    protected override Errno Init() => Kernel.RegisterCharDevice(72, "twice", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(72, "twice");

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        IncrementUseCount();
        VmaOpen(area);
        return Errno.None; // expect: MMAP1001
    }
}

/// <summary>The driver's own number of areas starts one too low: the device is powered down while the second of two mappings is still in use.</summary>
public sealed class OwnCounterModule : KernelModule
{
    private readonly VmOperations _vmOps;
    private int _areas;

    public OwnCounterModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose };

    protected override Errno Init() => Kernel.RegisterCharDevice(73, "owncounter", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(73, "owncounter");

    private void VmaOpen(VmArea area) => _areas++;

    private void VmaClose(VmArea area)
    {
        if (--_areas == 0)
            Kernel.Printk("owncounter: power down");
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        return Errno.None; // expect: MMAP1001
    }
}
