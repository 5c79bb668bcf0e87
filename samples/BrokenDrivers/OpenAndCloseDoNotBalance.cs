using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace BrokenDrivers;

/// <summary><c>close</c> without <c>open</c>: after a fork there are two areas and one count, and the module leaves under the second.</summary>
public sealed class CloseWithoutOpenModule : KernelModule
{
    private readonly VmOperations _vmOps;

    public CloseWithoutOpenModule() => _vmOps = new VmOperations { Close = VmaClose }; // expect: MMAP1002

    protected override Errno Init() => Kernel.RegisterCharDevice(76, "noopen", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(76, "noopen");

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        IncrementUseCount();
        return Errno.None;
    }
}

/// <summary><c>open</c> without <c>close</c>: every fork leaves a count behind that nobody gives back.</summary>
public sealed class OpenWithoutCloseModule : KernelModule
{
    private readonly VmOperations _vmOps;

    public OpenWithoutCloseModule() => _vmOps = new VmOperations { Open = VmaOpen }; // expect: MMAP1002

    protected override Errno Init() => Kernel.RegisterCharDevice(77, "noclose", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(77, "noclose");

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        return Errno.None;
    }
}

/// <summary>Both slots are filled, but <c>VmaOpen</c> only talks: the same as none.</summary>
public sealed class OpenOnlyTalksModule : KernelModule
{
    private readonly VmOperations _vmOps;

    public OpenOnlyTalksModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose };

    protected override Errno Init() => Kernel.RegisterCharDevice(78, "talks", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(78, "talks");

    private void VmaOpen(VmArea area) // expect: MMAP1002
    {
        Kernel.Printk("talks: an area was copied");
    }

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        IncrementUseCount();
        return Errno.None;
    }
}

/// <summary><c>VmaOpen</c> skips areas that cannot be written, <c>VmaClose</c> does not: a read-only mapping that is forked costs one count too many.</summary>
public sealed class GuardedOpenModule : KernelModule
{
    private readonly VmOperations _vmOps;

    public GuardedOpenModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose };

    protected override Errno Init() => Kernel.RegisterCharDevice(79, "guarded", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(79, "guarded");

    private void VmaOpen(VmArea area)
    {
        if ((area.Flags & VmFlags.Write) == 0)
            return; // expect: MMAP1002
        IncrementUseCount();
    }

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        IncrementUseCount();
        return Errno.None;
    }
}

/// <summary>"The count that <c>mmap</c> took and the one that <c>open</c> took": but each area was counted by one of the two only.</summary>
public sealed class CloseGivesBackTwoModule : KernelModule
{
    private readonly VmOperations _vmOps;

    public CloseGivesBackTwoModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose };

    protected override Errno Init() => Kernel.RegisterCharDevice(80, "two", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(80, "two");

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) // expect: MMAP1002
    {
        DecrementUseCount();
        DecrementUseCount();
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        VmaOpen(area);
        IncrementUseCount();
        return Errno.None;
    }
}
