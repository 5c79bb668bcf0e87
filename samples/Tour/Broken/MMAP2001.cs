using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

public sealed class SharedPage : KernelModule
{
    private readonly VmOperations _areaOps;
    private KernelAddress _page;

    public SharedPage() => _areaOps = new VmOperations { Open = VmaOpen, Close = VmaClose, Nopage = Nopage };

    protected override Errno Init()
    {
        _page = Kernel.GetFreePage();
        return _page.IsNull ? Errno.ENOMEM : Kernel.RegisterCharDevice(63, "page", new FileOperations { Mmap = Mmap });
    }

    protected override void Cleanup()
    {
        Kernel.UnregisterCharDevice(63, "page");
        Kernel.FreePage(_page);
    }

    private void VmaOpen(VmArea area) => IncrementUseCount();

    private void VmaClose(VmArea area) => DecrementUseCount();

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _areaOps;
        IncrementUseCount();
        area.Inode = inode;
        inode.Get();
        return Errno.None;
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        ulong offset = address - area.Start + area.Offset;
        if (offset >= (ulong)Kernel.Profile.PageSize)
            return KernelAddress.Null;

        return _page;
    }
}
