using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>A driver of a ring of pages, which <c>ioctl</c> replaces unless somebody has it mapped.</summary>
internal sealed class RingDriver : KernelModule
{
    public const string Path = "/dev/ring";
    public const uint SetRing = 1;

    private const int Major = 44;

    private readonly VmOperations _vmOps;
    private KernelAddress[] _pages = [];
    private int _mapped;

    public RingDriver() => _vmOps = new VmOperations { Open = _ => Count(1), Close = _ => Count(-1), Nopage = Nopage };

    public override string Name => "ring";

    protected override Errno Init() => Kernel.RegisterCharDevice(Major, Name, new FileOperations { Mmap = Mmap, Ioctl = Ioctl });

    protected override void Cleanup()
    {
        Replace(0);
        Kernel.UnregisterCharDevice(Major, Name);
    }

    private int Ioctl(Inode inode, OpenFile file, uint command, ulong pages)
    {
        if (_mapped > 0)
            return -(int)Errno.EBUSY;
        Replace((int)pages);
        return 0;
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _vmOps;
        Count(1);
        area.Inode = inode;
        inode.Get();
        return Errno.None;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        ulong index = (address - area.Start + area.Offset) / Peer.Page;
        if (index >= (ulong)_pages.Length)
            return KernelAddress.Null;
        Kernel.GetPage(_pages[index]);
        return _pages[index];
    }

    private void Count(int units)
    {
        _mapped += units;
        if (units > 0)
            IncrementUseCount();
        else
            DecrementUseCount();
    }

    private void Replace(int pages)
    {
        foreach (KernelAddress page in _pages)
            Kernel.FreePage(page);
        _pages = [.. Enumerable.Range(0, pages).Select(_ => Kernel.GetFreePage())];
    }
}
