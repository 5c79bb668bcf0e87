using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace SeedDrivers;

/// <summary>Listing 2 as it was printed: each page is mapped when it is first touched. It does not work, see <see cref="RemapInMmapModule"/>.</summary>
/// <remarks>
/// The listing declares <c>nopage</c> as <c>void</c>. What the kernel takes for the page is what the last call left in the register: the
/// result of <c>remap_page_range</c>, 0 when it succeeded. So the process gets SIGBUS, although the page table entry has just been installed.
/// </remarks>
public sealed class RemapInNopageModule : KernelModule
{
    /// <summary>The number under which the device is registered.</summary>
    public const int Major = 61;

    private readonly VmOperations _vmOps;

    /// <summary>Creates the module; <see cref="LinuxKernel.Insert"/> loads it.</summary>
    public RemapInNopageModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose, Nopage = Nopage };

    /// <inheritdoc/>
    protected override Errno Init() => Kernel.RegisterCharDevice(Major, "lazyremap", new FileOperations { Mmap = Mmap });

    /// <inheritdoc/>
    protected override void Cleanup() => Kernel.UnregisterCharDevice(Major, "lazyremap");

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        IncrementUseCount();
        area.Inode = inode;
        inode.Get();
        return Errno.None;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        ulong offset = address - area.Start + area.Offset;
#pragma warning disable MMAP2001      // rightly reported, and kept because the listing is shown as printed
        return new KernelAddress((ulong)Kernel.RemapPageRange(address, offset, (ulong)Kernel.Profile.PageSize, area.PageProtection));
#pragma warning restore MMAP2001
    }
}

/// <summary>Listing 2 corrected: I/O memory has no <c>mem_map</c> entry and cannot come from <c>nopage</c>, so <c>mmap</c> maps it at once.</summary>
public sealed class RemapInMmapModule : KernelModule
{
    /// <summary>The number under which the device is registered.</summary>
    public const int Major = 62;

    private readonly VmOperations _vmOps;

    /// <summary>Creates the module; <see cref="LinuxKernel.Insert"/> loads it.</summary>
    public RemapInMmapModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose };

    /// <inheritdoc/>
    protected override Errno Init() => Kernel.RegisterCharDevice(Major, "remap", new FileOperations { Mmap = Mmap });

    /// <inheritdoc/>
    protected override void Cleanup() => Kernel.UnregisterCharDevice(Major, "remap");

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;

        area.Operations = _vmOps;
        IncrementUseCount();
        area.Inode = inode;
        inode.Get();
        return Errno.None;
    }
}
