using MmapAnalyzers.Differential.Comparing;
using MmapAnalyzers.Differential.Programs;
using MmapAnalyzers.Runtime;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Differential.Emulated;

/// <summary>A machine with an i386, for one program.</summary>
internal sealed class MachineSide : ISide, IDisposable
{
    private static readonly byte[] Zeros = new byte[Arena.PageSize];

    private readonly Machine _machine = new(MachineProfile.I386, memorySize: 4 << 20);
    private readonly MemoryDevice _device;
    private readonly Process?[] _processes = new Process?[Arena.Processes];
    private readonly int[] _files = new int[4];

    public MachineSide(MemoryDevice device)
    {
        _device = device;
        Errno error = _machine.Kernel.Insert(_device);
        if (error != Errno.None)
            throw new InvalidOperationException($"The device of the machine could not be loaded: {error}");
        Process first = _machine.Kernel.Spawn();
        _processes[0] = first;
        _files[(int)FileKind.None] = -1;
        _files[(int)FileKind.ReadWrite] = first.Open(MemoryDevice.Path, OpenFlags.ReadWrite);
        _files[(int)FileKind.ReadOnly] = first.Open(MemoryDevice.Path, OpenFlags.ReadOnly);
        _files[(int)FileKind.WriteOnly] = first.Open(MemoryDevice.Path, OpenFlags.WriteOnly);
        first.Mmap(Arena.PageSize, Protection.None, MapFlags.Shared | MapFlags.Fixed, _files[(int)FileKind.ReadWrite], Arena.GuardOffset, new UserAddress(Arena.End));
    }

    private Process First => _processes[0]!;

    public Outcome Map(ulong address, ulong length, Protection protection, MapFlags flags, FileKind file, ulong offset) =>
        new(First.SysMmap(new UserAddress(address), length, protection, flags, _files[(int)file], offset));

    public Outcome Unmap(ulong address, ulong length) => new(First.SysMunmap(new UserAddress(address), length));

    public Outcome Protect(ulong address, ulong length, Protection protection) => new(First.SysMprotect(new UserAddress(address), length, protection));

    public Outcome Remap(ulong address, ulong oldLength, ulong newLength, MremapFlags flags) =>
        new(First.SysMremap(new UserAddress(address), oldLength, newLength, flags));

    public Outcome Read(int who, ulong address)
    {
        try
        {
            return new Outcome(0, Value: _processes[who]!.Load<ulong>(new UserAddress(address)));
        }
        catch (SignalException exception)
        {
            return Outcome.Of(exception.Signal);
        }
    }

    public Outcome Write(int who, ulong address, ulong value)
    {
        try
        {
            _processes[who]!.Store(new UserAddress(address), value);
            return new Outcome(0);
        }
        catch (SignalException exception)
        {
            return Outcome.Of(exception.Signal);
        }
    }

    public Outcome Fork(int who)
    {
        long pid = First.SysFork();
        if (pid < 0)
            return new Outcome(pid);
        _processes[who] = _machine.Kernel.Processes.Single(process => process.Pid == pid);
        return new Outcome(0);
    }

    public Outcome Exit(int who)
    {
        _processes[who]!.Exit();
        _processes[who] = null;
        return new Outcome(0);
    }

    public void List(int who, SpaceView view)
    {
        view.Clear();
        foreach (VmArea area in _processes[who]!.AddressSpace.Areas)
        {
            var protection = (Protection)(area.Flags & (VmFlags.Read | VmFlags.Write | VmFlags.Exec));
            bool isDevice = area.Inode is not null;
            bool isShared = (area.Flags & VmFlags.MayShare) != 0;
            view.Add(area.Start.Value, area.End.Value, new PageView(true, protection, isShared, isDevice, isDevice ? area.Offset : 0));
        }
    }

    /// <summary>Whether there is an entry for an address in the page table.</summary>
    public bool IsPresent(int who, ulong address) => Entry(who, address).IsPresent;

    /// <summary>What a page holds, or will hold when it is touched; the look itself touches nothing.</summary>
    public ReadOnlySpan<byte> Content(int who, ulong address, PageView page)
    {
        PageTableEntry entry = Entry(who, address);
        if (entry.IsPresent)
            return _machine.Kernel.Access(_machine.Kernel.PtePage(entry), (int)Arena.PageSize);
        return page.IsDevice ? _device.Page(page.Offset) : Zeros;
    }

    /// <summary>Ends everything.</summary>
    /// <returns>What the machine's own books found wrong.</returns>
    public IReadOnlyList<Violation> Shutdown() => _machine.Shutdown();

    public void Dispose() => _machine.Dispose();

    private PageTableEntry Entry(int who, ulong address)
    {
        LinuxKernel kernel = _machine.Kernel;
        PageMiddleDirectoryEntry middle = kernel.PmdOffset(kernel.PgdOffset(_processes[who]!.AddressSpace, address), address);
        return middle.IsNone ? default : kernel.PteOffset(middle, address);
    }
}
