using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace BrokenDrivers;

/// <summary>The area gets the inode and no reference: <c>munmap</c> puts the one of the open file, and the next <c>close</c> frees a free inode.</summary>
public sealed class InodeNotCountedModule : KernelModule
{
    protected override Errno Init() => Kernel.RegisterCharDevice(81, "inode", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(81, "inode");

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;

        area.Inode = inode; // expect: MMAP1005
        return Errno.None;
    }
}

/// <summary>Counts the inode only for descriptors that may write, and sets it for all of them.</summary>
public sealed class InodeCountedForWritersModule : KernelModule
{
    protected override Errno Init() => Kernel.RegisterCharDevice(82, "writers", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(82, "writers");

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        if (file.CanWrite)
            inode.Get();
        area.Inode = inode; // expect: MMAP1005
        return Errno.None;
    }
}

/// <summary>The reference is taken for a step that can fail, and given back when it did not.</summary>
public sealed class InodePutTooEarlyModule : KernelModule
{
    protected override Errno Init() => Kernel.RegisterCharDevice(83, "early", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(83, "early");

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        inode.Get();
        Errno error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        inode.Put();
        if (error == Errno.None)
            area.Inode = inode; // expect: MMAP1005
        return error;
    }
}

/// <summary>Another device's inode is lent to the area: its count is the one that the core takes down.</summary>
public sealed class BorrowedInodeModule : KernelModule
{
    protected override Errno Init() => Kernel.RegisterCharDevice(84, "borrowed", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(84, "borrowed");

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        Inode? memory = Kernel.FindInode("/dev/simple");
        if (memory is null)
            return Errno.ENODEV;

        area.Inode = memory; // expect: MMAP1005
        return Errno.None;
    }
}
