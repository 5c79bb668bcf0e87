using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace BrokenDrivers;

/// <summary>Gives out its page and keeps thinking that it owns it: the first <c>munmap</c> frees it, and the allocator hands it to somebody else.</summary>
public sealed class UncountedPageModule : KernelModule
{
    private readonly VmOperations _vmOps;
    private KernelAddress _page;

    public UncountedPageModule() => _vmOps = new VmOperations { Nopage = Nopage };

    protected override Errno Init()
    {
        _page = Kernel.GetFreePage();
        return _page.IsNull ? Errno.ENOMEM : Kernel.RegisterCharDevice(85, "uncounted", new FileOperations { Mmap = Mmap });
    }

    protected override void Cleanup()
    {
        Kernel.UnregisterCharDevice(85, "uncounted");
        Kernel.FreePage(_page);
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        return Errno.None;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        if (address - area.Start + area.Offset != 0)
            return KernelAddress.Null;
        return _page; // expect: MMAP2001
    }
}

/// <summary>Pages come into being when they are touched. The one reference that comes with a new page belongs to the array, and none to the process.</summary>
public sealed class LazyPagesModule : KernelModule
{
    private readonly KernelAddress[] _pages = new KernelAddress[8];
    private readonly VmOperations _vmOps;

    public LazyPagesModule() => _vmOps = new VmOperations { Nopage = Nopage };

    protected override Errno Init() => Kernel.RegisterCharDevice(86, "lazy", new FileOperations { Mmap = Mmap });

    protected override void Cleanup()
    {
        Kernel.UnregisterCharDevice(86, "lazy");
        foreach (KernelAddress page in _pages)
        {
            if (!page.IsNull)
                Kernel.FreePage(page);
        }
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        return Errno.None;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        ulong index = (address - area.Start + area.Offset) >> Kernel.Profile.PageShift;
        if (index >= (ulong)_pages.Length)
            return KernelAddress.Null;
        if (_pages[index].IsNull)
        {
            KernelAddress fresh = Kernel.GetFreePage();
            if (fresh.IsNull)
                return KernelAddress.Null;
            _pages[index] = fresh;
        }
        return _pages[index]; // expect: MMAP2001
    }
}

/// <summary>A private mapping gets a copy, which carries its own reference; a shared one gets the device's page and forgets that it does not.</summary>
public sealed class CopyOrShareModule : KernelModule
{
    private readonly VmOperations _vmOps;
    private KernelAddress _page;

    public CopyOrShareModule() => _vmOps = new VmOperations { Nopage = Nopage };

    protected override Errno Init()
    {
        _page = Kernel.GetFreePage();
        return _page.IsNull ? Errno.ENOMEM : Kernel.RegisterCharDevice(87, "copy", new FileOperations { Mmap = Mmap });
    }

    protected override void Cleanup()
    {
        Kernel.UnregisterCharDevice(87, "copy");
        Kernel.FreePage(_page);
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        return Errno.None;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        if (address - area.Start + area.Offset != 0)
            return KernelAddress.Null;
        if (noShare)
        {
            KernelAddress copy = Kernel.GetDirtyPage();
            if (!copy.IsNull)
                Kernel.Access(_page, Kernel.Profile.PageSize).CopyTo(Kernel.Access(copy, Kernel.Profile.PageSize));
            return copy;
        }
        return _page; // expect: MMAP2001
    }
}

/// <summary>The walk through the page tables finds the right page of the <c>vmalloc</c> buffer, and the last line of the idiom is missing.</summary>
public sealed class UncountedVmallocModule : KernelModule
{
    private const ulong Size = 4 * 4096;
    private readonly VmOperations _vmOps;
    private KernelAddress _buffer;

    public UncountedVmallocModule() => _vmOps = new VmOperations { Nopage = Nopage };

    protected override Errno Init()
    {
        _buffer = Kernel.Vmalloc(Size);
        return _buffer.IsNull ? Errno.ENOMEM : Kernel.RegisterCharDevice(88, "walk", new FileOperations { Mmap = Mmap });
    }

    protected override void Cleanup()
    {
        Kernel.UnregisterCharDevice(88, "walk");
        Kernel.Vfree(_buffer);
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        return Errno.None;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        ulong offset = address - area.Start + area.Offset;
        if (offset >= Size)
            return KernelAddress.Null;

        ulong lookup = Kernel.VmallocVmaddr(_buffer + offset);
        PageDirectoryEntry pgd = Kernel.PgdOffset(Kernel.InitMm, lookup);
        PageMiddleDirectoryEntry pmd = Kernel.PmdOffset(pgd, lookup);
        return Kernel.PtePage(Kernel.PteOffset(pmd, lookup)); // expect: MMAP2001
    }
}

/// <summary>Whichever page is asked for, the count goes to the first: that one is never freed, and the others too early.</summary>
public sealed class WrongPageCountedModule : KernelModule
{
    private readonly KernelAddress[] _pages = new KernelAddress[4];
    private readonly VmOperations _vmOps;

    public WrongPageCountedModule() => _vmOps = new VmOperations { Nopage = Nopage };

    protected override Errno Init()
    {
        for (int i = 0; i < _pages.Length; i++)
        {
            _pages[i] = Kernel.GetFreePage();
            if (_pages[i].IsNull)
                return Errno.ENOMEM;
        }
        return Kernel.RegisterCharDevice(89, "wrongpage", new FileOperations { Mmap = Mmap });
    }

    protected override void Cleanup()
    {
        Kernel.UnregisterCharDevice(89, "wrongpage");
        foreach (KernelAddress page in _pages)
            Kernel.FreePage(page);
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        return Errno.None;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        ulong index = (address - area.Start + area.Offset) >> Kernel.Profile.PageShift;
        if (index >= (ulong)_pages.Length)
            return KernelAddress.Null;

        Kernel.GetPage(_pages[0]);
        return _pages[index]; // expect: MMAP2001
    }
}

/// <summary>Takes the reference, gives it back "because the page is the driver's", and hands the page out all the same.</summary>
public sealed class ReferenceGivenBackModule : KernelModule
{
    private readonly VmOperations _vmOps;
    private KernelAddress _page;

    public ReferenceGivenBackModule() => _vmOps = new VmOperations { Nopage = Nopage };

    protected override Errno Init()
    {
        _page = Kernel.GetFreePage();
        return _page.IsNull ? Errno.ENOMEM : Kernel.RegisterCharDevice(96, "givenback", new FileOperations { Mmap = Mmap });
    }

    protected override void Cleanup()
    {
        Kernel.UnregisterCharDevice(96, "givenback");
        Kernel.FreePage(_page);
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        return Errno.None;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        KernelAddress page = _page;
        Kernel.GetPage(page);
        try
        {
            Kernel.Write(page, address.Value);
        }
        finally
        {
            Kernel.FreePage(page);
        }
        return page; // expect: MMAP2001
    }
}
