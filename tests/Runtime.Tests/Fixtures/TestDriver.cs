using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>A driver that does everything right unless told otherwise, and writes down each callback in the order in which it came.</summary>
/// <remarks>A replaced part gets the driver itself, so that it can still do the right thing beside what it does wrong.</remarks>
internal class TestDriver : KernelModule
{
    public const int DefaultMajor = 42;

    public int Major { get; init; } = DefaultMajor;
    public string Device { get; init; } = "test";
    public override string Name => Device;

    public Func<TestDriver, Errno>? OnInit { get; init; }
    public Action<TestDriver>? OnCleanup { get; init; }

    /// <summary>What <c>mmap</c> does instead of <see cref="CountedMmap"/>.</summary>
    public Func<TestDriver, Inode, VmArea, Errno>? OnMmap { get; init; }

    public Action<TestDriver, VmArea>? OnOpen { get; init; } = (driver, _) => driver.IncrementUseCount();
    public Action<TestDriver, VmArea>? OnClose { get; init; } = (driver, _) => driver.DecrementUseCount();
    public Action<TestDriver, VmArea, UserAddress, ulong>? OnUnmap { get; init; }
    public Func<TestDriver, VmArea, UserAddress, bool, KernelAddress>? OnNopage { get; init; }
    public Func<uint, Errno>? OnSync { get; init; }
    public Func<TestDriver, VmArea, ulong, PageTableEntry, Errno>? OnSwapout { get; init; }
    public Func<TestDriver, VmArea, ulong, ulong, PageTableEntry>? OnSwapin { get; init; }
    public Action<TestDriver>? OnRelease { get; init; }
    public bool HasMmap { get; init; } = true;

    /// <summary>The callbacks so far.</summary>
    public List<Call> Calls { get; } = [];

    public VmOperations Operations => field ??= new VmOperations
    {
        Open = OnOpen is null ? null : Open,
        Close = OnClose is null ? null : Close,
        Unmap = Unmap,
        Sync = OnSync is null ? null : Sync,
        Nopage = OnNopage is null ? null : Nopage,
        Swapout = OnSwapout is null ? null : Swapout,
        Swapin = OnSwapin is null ? null : Swapin,
    };

    /// <summary>The device's inode, as the last call of <c>mmap</c> gave it.</summary>
    public Inode Inode { get => field ?? throw new InvalidOperationException("The device was not mapped yet."); private set; }

    public new LinuxKernel Kernel => base.Kernel;

    /// <summary>What a driver owes for a new mapping: the table, its own count, the inode and the inode's count.</summary>
    public Errno CountedMmap(Inode inode, VmArea area)
    {
        area.Operations = Operations;
        IncrementUseCount();
        area.Inode = inode;
        inode.Get();
        return Errno.None;
    }

    protected override Errno Init()
    {
        if (OnInit is not null)
            return OnInit(this);
        return Register();
    }

    public Errno Register() => Kernel.RegisterCharDevice(Major, Device, new FileOperations
    {
        Mmap = HasMmap ? Mmap : null,
        Release = OnRelease is null ? null : (_, _) => OnRelease(this),
    });

    protected override void Cleanup()
    {
        OnCleanup?.Invoke(this);
        Kernel.UnregisterCharDevice(Major, Device);
    }

    private Errno Mmap(Inode inode, OpenFile file, VmArea area)
    {
        Calls.Add(new Call("mmap", area.Start, area.End));
        Inode = inode;
        return OnMmap is null ? CountedMmap(inode, area) : OnMmap(this, inode, area);
    }

    private void Open(VmArea area)
    {
        Calls.Add(new Call("open", area.Start, area.End));
        OnOpen!(this, area);
    }

    private void Close(VmArea area)
    {
        Calls.Add(new Call("close", area.Start, area.End));
        OnClose!(this, area);
    }

    private void Unmap(VmArea area, UserAddress start, ulong length)
    {
        Calls.Add(new Call("unmap", start, start + length));
        OnUnmap?.Invoke(this, area, start, length);
    }

    private Errno Sync(VmArea area, UserAddress start, ulong length, uint flags)
    {
        Calls.Add(new Call("sync", start, start + length));
        return OnSync!(flags);
    }

    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        Calls.Add(new Call(noShare ? "nopage no_share" : "nopage", address, address + Rig.Page));
        return OnNopage!(this, area, address, noShare);
    }

    private Errno Swapout(VmArea area, ulong offset, PageTableEntry entry)
    {
        Calls.Add(CallAt("swapout", area, offset));
        return OnSwapout!(this, area, offset, entry);
    }

    private PageTableEntry Swapin(VmArea area, ulong offset, ulong entry)
    {
        Calls.Add(CallAt("swapin", area, offset));
        return OnSwapin!(this, area, offset, entry);
    }

    private static Call CallAt(string method, VmArea area, ulong offset)
    {
        UserAddress start = area.Start + (offset - area.Offset);
        return new Call(method, start, start + Rig.Page);
    }
}
