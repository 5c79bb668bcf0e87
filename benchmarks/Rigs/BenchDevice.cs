using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Benchmarks.Rigs;

/// <summary>A driver as a driver should be: counted pages from <c>nopage</c>, private copies for private writers, <c>open</c> and <c>close</c> that count.</summary>
internal sealed class BenchDevice : KernelModule
{
    public const string Path = "/dev/bench";

    private const int Major = 42;

    private readonly KernelAddress[] _pages;
    private readonly VmOperations _operations;

    public BenchDevice(int pages)
    {
        _pages = new KernelAddress[pages];
        _operations = new VmOperations { Open = VmaOpen, Close = VmaClose, Nopage = Nopage };
    }

    protected override Errno Init()
    {
        for (int i = 0; i < _pages.Length; i++)
            _pages[i] = Kernel.GetFreePage();
        return _pages.Any(page => page.IsNull) ? Errno.ENOMEM : Kernel.RegisterCharDevice(Major, "bench", new FileOperations { Mmap = Mmap });
    }

    protected override void Cleanup()
    {
        Kernel.UnregisterCharDevice(Major, "bench");
        foreach (KernelAddress page in _pages)
            Kernel.FreePage(page);
    }

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _operations;
        IncrementUseCount();
        area.Inode = inode;
        inode.Get();
        return Errno.None;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        ulong index = (address - area.Start + area.Offset) >> Kernel.Profile.PageShift;
        if (index >= (ulong)_pages.Length)
            return KernelAddress.Null;
        KernelAddress page = _pages[index];
        if (!noShare)
        {
            Kernel.GetPage(page);
            return page;
        }

        KernelAddress copy = Kernel.GetDirtyPage();
        if (!copy.IsNull)
            Kernel.Access(page, Kernel.Profile.PageSize).CopyTo(Kernel.Access(copy, Kernel.Profile.PageSize));
        return copy;
    }
}
