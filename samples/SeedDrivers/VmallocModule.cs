using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace SeedDrivers;

/// <summary>Listing 4: the device's memory is a <c>vmalloc</c> buffer, contiguous for the kernel only, so each page is looked up in the page tables.</summary>
public sealed class VmallocModule : KernelModule
{
    /// <summary>The number under which the device is registered.</summary>
    public const int Major = 64;

    /// <summary>The size of the device in bytes.</summary>
    public const ulong Size = 8 * 4096;

    private readonly VmOperations _vmOps;

    /// <summary>Creates the module; <see cref="LinuxKernel.Insert"/> loads it.</summary>
    public VmallocModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose, Nopage = Nopage };

    /// <summary>The address of the buffer, in the kernel's <c>vmalloc</c> range.</summary>
    public KernelAddress Buffer { get; private set; }

    /// <inheritdoc/>
    protected override Errno Init()
    {
        Buffer = Kernel.Vmalloc(Size);
        if (Buffer.IsNull)
            return Errno.ENOMEM;
        Errno error = Kernel.RegisterCharDevice(Major, "vmalloc", new FileOperations { Mmap = Mmap });
        if (error != Errno.None)
            Kernel.Vfree(Buffer);
        return error;
    }

    /// <inheritdoc/>
    protected override void Cleanup()
    {
        Kernel.UnregisterCharDevice(Major, "vmalloc");
        Kernel.Vfree(Buffer);
    }

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        if (area.Offset % (ulong)Kernel.Profile.PageSize != 0)
            return Errno.ENXIO;

        area.Operations = _vmOps;
        IncrementUseCount();
        area.Inode = inode;
        inode.Get();
        return Errno.None;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        ulong offset = address - area.Start + area.Offset;
        if (offset >= Size)
            return KernelAddress.Null;

        ulong lookup = Kernel.VmallocVmaddr(Buffer + offset);          // where the processor sees the buffer
        PageDirectoryEntry pgd = Kernel.PgdOffset(Kernel.InitMm, lookup);
        PageMiddleDirectoryEntry pmd = Kernel.PmdOffset(pgd, lookup);
        PageTableEntry pte = Kernel.PteOffset(pmd, lookup);
        KernelAddress page = Kernel.PtePage(pte);                      // the logical address: that one has a mem_map entry
        Kernel.GetPage(page);
        return page;
    }
}
