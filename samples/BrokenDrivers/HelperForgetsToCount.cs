using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace BrokenDrivers;

/// <summary>What several drivers share: the base installs the table, and leaves the count to nobody.</summary>
public abstract class MappedModule : KernelModule
{
    private readonly VmOperations _vmOps;

    protected MappedModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose };

    /// <summary>Finishes a mapping that is already remapped.</summary>
    protected Errno Finish(Inode inode, VmArea area)
    {
        area.Operations = _vmOps;
        area.Inode = inode;
        inode.Get();
        return Errno.None;
    }

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();
}

/// <summary>Trusts the helper of the base: the first <c>munmap</c> takes the count below zero.</summary>
public sealed class HelperForgetsToCountModule : MappedModule
{
    protected override Errno Init() => Kernel.RegisterCharDevice(75, "helper", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(75, "helper");

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        Errno error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        if (error != Errno.None)
            return error;
        return Finish(inode, area); // expect: MMAP1001
    }
}
