using MmapAnalyzers.Differential.Programs;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Differential.Emulated;

/// <summary>A driver that behaves as a file in memory does: its pages are shared, a private writer gets a copy, and beyond its end there is nothing.</summary>
internal class MemoryDevice : KernelModule
{
    public const string Path = "/dev/memory";

    private const int Major = 42;

    private readonly KernelAddress[] _pages = new KernelAddress[Arena.DevicePages];
    private readonly VmOperations _operations;

    public MemoryDevice() => _operations = new VmOperations { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount(), Nopage = Nopage };

    public ReadOnlySpan<byte> Page(ulong offset) => Kernel.Access(_pages[offset / Arena.PageSize], (int)Arena.PageSize);

    protected override Errno Init()
    {
        Span<byte> content = new byte[Arena.DeviceSize];
        Arena.FillDevice(content);
        for (int i = 0; i < _pages.Length; i++)
        {
            _pages[i] = Kernel.GetFreePage();
            Kernel.CopyTo(_pages[i], content.Slice(i * (int)Arena.PageSize, (int)Arena.PageSize));
        }

        return Kernel.RegisterCharDevice(Major, "memory", new FileOperations { Mmap = Mmap });
    }

    protected override void Cleanup()
    {
        Kernel.UnregisterCharDevice(Major, "memory");
        foreach (KernelAddress page in _pages)
            Kernel.FreePage(page);
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        if (area.Offset % Arena.PageSize != 0)
            return Errno.EINVAL;
        area.Operations = _operations;
        IncrementUseCount();
        area.Inode = inode;
        inode.Get();
        return Errno.None;
    }

    /// <summary>The page for a process that writes to it alone: a copy with the content of the device's page.</summary>
    protected virtual KernelAddress PrivatePage(KernelAddress page)
    {
        KernelAddress copy = Kernel.GetDirtyPage();
        if (!copy.IsNull)
            Kernel.Access(page, (int)Arena.PageSize).CopyTo(Kernel.Access(copy, (int)Arena.PageSize));
        return copy;
    }

    /// <summary>The device's own page, counted once more.</summary>
    protected KernelAddress SharedPage(KernelAddress page)
    {
        Kernel.GetPage(page);
        return page;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        ulong offset = address - area.Start + area.Offset;
        if (offset >= Arena.DeviceSize)
            return KernelAddress.Null;
        KernelAddress page = _pages[offset / Arena.PageSize];
        return noShare ? PrivatePage(page) : SharedPage(page);
    }
}
