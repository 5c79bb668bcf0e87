using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace BrokenDrivers;

/// <summary>A refused remap looks like success: the process reads zeros where the device should be.</summary>
public sealed class RemapDroppedModule : KernelModule
{
    protected override Errno Init() => Kernel.RegisterCharDevice(90, "dropped", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(90, "dropped");

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection); // expect: MMAP3001
        return Errno.None;
    }
}

/// <summary>A discard quiets the reader, not the kernel.</summary>
public sealed class RemapDiscardedModule : KernelModule
{
    protected override Errno Init() => Kernel.RegisterCharDevice(91, "discarded", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(91, "discarded");

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        _ = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection); // expect: MMAP3001
        return Errno.None;
    }
}

/// <summary>Two windows, one variable: only the second remap is asked how it went.</summary>
public sealed class RemapOverwrittenModule : KernelModule
{
    protected override Errno Init() => Kernel.RegisterCharDevice(92, "overwritten", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(92, "overwritten");

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        ulong half = area.Length / 2;
        Errno error = Kernel.RemapPageRange(area.Start, 0xe0000000, half, area.PageProtection); // expect: MMAP3001
        error = Kernel.RemapPageRange(area.Start + half, 0xe8000000, half, area.PageProtection);
        return error;
    }
}

/// <summary>Page by page, and only the last page's result survives the loop: the others may be missing.</summary>
public sealed class RemapLoopModule : KernelModule
{
    protected override Errno Init() => Kernel.RegisterCharDevice(93, "loop", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(93, "loop");

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        ulong pageSize = (ulong)Kernel.Profile.PageSize;
        Errno error = Errno.None;
        for (ulong done = 0; done < area.Length; done += pageSize)
            error = Kernel.RemapPageRange(area.Start + done, area.Offset + done, pageSize, area.PageProtection); // expect: MMAP3001
        return error;
    }
}

/// <summary>The helper reports failure, and <c>mmap</c> does not listen.</summary>
public sealed class HelperResultDroppedModule : KernelModule
{
    protected override Errno Init() => Kernel.RegisterCharDevice(94, "listen", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(94, "listen");

    private Errno MapWindow(VmArea area, ulong window)
    {
        if (Kernel.RemapPageRange(area.Start, window + area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        return Errno.None;
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        MapWindow(area, 0xe0000000); // expect: MMAP3001
        return Errno.None;
    }
}

/// <summary>Looks at the result for writers only; a reader is told that all is well.</summary>
public sealed class RemapCheckedForWritersModule : KernelModule
{
    protected override Errno Init() => Kernel.RegisterCharDevice(95, "readers", new FileOperations { Mmap = Mmap });

    protected override void Cleanup() => Kernel.UnregisterCharDevice(95, "readers");

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        Errno error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection); // expect: MMAP3001
        if (file.CanWrite && error != Errno.None)
            return error;
        return Errno.None;
    }
}
