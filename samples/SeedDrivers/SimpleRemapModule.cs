using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace SeedDrivers;

/// <summary>Listing 1: the whole mapping is set up in <c>mmap</c>, and every area that maps the device counts the module in use.</summary>
/// <remarks>The offset that a process passes to <c>mmap</c> is the address that it gets: device memory, or RAM that is reserved.</remarks>
public sealed class SimpleRemapModule : KernelModule
{
    /// <summary>The number under which the device is registered.</summary>
    public const int Major = 60;

    private readonly VmOperations _vmOps;

    /// <summary>Creates the module; <see cref="LinuxKernel.Insert"/> loads it.</summary>
    public SimpleRemapModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose };   // the slots left out are the listing's NULLs

    /// <inheritdoc/>
    protected override Errno Init() => Kernel.RegisterCharDevice(Major, "simple", new FileOperations { Mmap = Mmap });

    /// <inheritdoc/>
    protected override void Cleanup() => Kernel.UnregisterCharDevice(Major, "simple");

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        if (area.Operations is not null)
            return Errno.EINVAL;

        area.Operations = _vmOps;
        IncrementUseCount();          // Open is not called for the first mapping
        area.Inode = inode;
        inode.Get();                  // the core gives this one back when the area goes
        return Errno.None;
    }
}
