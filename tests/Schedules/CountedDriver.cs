using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Schedules;

/// <summary>A driver with one page for everybody who maps its device. It counts its module, its inode and the page as it must.</summary>
internal sealed class CountedDriver : KernelModule
{
    public const string Path = "/dev/counted";

    private const int Major = 42;

    private readonly VmOperations _operations;
    private KernelAddress _page;
    private Inode? _inode;

    public CountedDriver() =>
        _operations = new VmOperations { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount(), Nopage = Nopage };

    public override string Name => "counted";

    /// <summary>The page; its count is 1 while nobody maps it.</summary>
    public Page Page => Kernel.MemMap[Kernel.MapNr(_page)];

    /// <summary>The count of the device's inode.</summary>
    public int InodeCount => _inode?.Count ?? 0;

    /// <summary>Maps the device's page into a process that has it not open yet.</summary>
    public static UserAddress Map(Process process)
    {
        int fd = process.Open(Path, OpenFlags.ReadWrite);
        UserAddress at = process.Mmap(World.Page, Protection.ReadWrite, MapFlags.Shared, fd);
        process.Close(fd);
        return at;
    }

    protected override Errno Init()
    {
        _page = Kernel.GetFreePage();
        return Kernel.RegisterCharDevice(Major, Name, new FileOperations
        {
            Open = (_, _) => Use(IncrementUseCount),
            Release = (_, _) => DecrementUseCount(),
            Mmap = Mmap,
        });
    }

    protected override void Cleanup()
    {
        Kernel.UnregisterCharDevice(Major, Name);
        Kernel.FreePage(_page);
    }

    private static Errno Use(Action take)
    {
        take();
        return Errno.None;
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        area.Operations = _operations;
        area.Inode = _inode = inode;
        inode.Get();
        return Use(IncrementUseCount);
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        Kernel.GetPage(_page);
        return _page;
    }
}
