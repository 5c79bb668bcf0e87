using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace SeedDrivers;

/// <summary>Listing 3: the device's memory is single pages of RAM, and one of them was never written: a hole.</summary>
/// <remarks>
/// Pages of ordinary RAM cannot be remapped, they are handed out one by one by <c>nopage</c>. As printed, the listing ignores that a process
/// asking for a private copy (<c>noShare</c>) gets the device's own page.
/// </remarks>
public sealed class PagesModule : KernelModule
{
    /// <summary>The number under which the device is registered.</summary>
    public const int Major = 63;

    /// <summary>The size of the device in pages.</summary>
    public const int PageCount = 4;

    /// <summary>The index of the page that the device does not have.</summary>
    public const int Hole = 2;

    private readonly KernelAddress[] _pages = new KernelAddress[PageCount];
    private readonly VmOperations _vmOps;

    /// <summary>Creates the module; <see cref="LinuxKernel.Insert"/> loads it.</summary>
    public PagesModule() => _vmOps = new VmOperations { Open = VmaOpen, Close = VmaClose, Nopage = Nopage };

    /// <summary>The device's pages in order; the null address for the hole.</summary>
    public IReadOnlyList<KernelAddress> Pages => _pages;

    /// <inheritdoc/>
    protected override Errno Init()
    {
        for (int i = 0; i < PageCount; i++)
        {
            if (i == Hole)
                continue;
            _pages[i] = Kernel.GetFreePage();
            if (_pages[i].IsNull)
            {
                FreePages();
                return Errno.ENOMEM;
            }
        }
        Errno error = Kernel.RegisterCharDevice(Major, "pages", new FileOperations { Mmap = Mmap });
        if (error != Errno.None)
            FreePages();
        return error;
    }

    /// <inheritdoc/>
    protected override void Cleanup()
    {
        Kernel.UnregisterCharDevice(Major, "pages");
        FreePages();
    }

    private void FreePages()
    {
        for (int i = 0; i < PageCount; i++)
        {
            if (!_pages[i].IsNull)
                Kernel.FreePage(_pages[i]);
            _pages[i] = KernelAddress.Null;
        }
    }

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        if (area.Offset % (ulong)Kernel.Profile.PageSize != 0)
            return Errno.ENXIO;       // the core lets any byte offset through

        area.Operations = _vmOps;
        IncrementUseCount();
        area.Inode = inode;
        inode.Get();
        return Errno.None;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        ulong index = (address - area.Start + area.Offset) >> Kernel.Profile.PageShift;
        if (index >= PageCount || _pages[index].IsNull)
            return KernelAddress.Null;               // SIGBUS

        Kernel.GetPage(_pages[index]);               // the reference that the page table entry holds; unmapping gives it back
        return _pages[index];
    }
}
