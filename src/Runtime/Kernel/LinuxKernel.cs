using System.Diagnostics;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The emulated Linux 2.0.40: what it exports to drivers, and what its users do with it.</summary>
/// <remarks>
/// A driver's method that throws, touches a bad address or is called after its module left is an <see cref="Oops"/>. It kills the current process, as
/// in the kernel: the process exits and its caller gets a <see cref="SignalException"/> that carries the oops. The machine goes on.
/// <para>
/// Every member can be called on any thread. One thread at a time is in the kernel, and it stays the same one while a driver's method or a device runs: they need
/// no locks of their own, must not wait for other threads, and must not load, store or call as a process that another thread runs. Outside of a method nothing
/// stands still: a count, an area or an entry is what it was at the moment of asking.
/// </para>
/// </remarks>
[DebuggerDisplay("Linux 2.0.40 on {Profile}: {_modules.Count} modules, {_processes.Count} processes")]
public sealed partial class LinuxKernel
{
    private readonly MachineHardware _hardware;
    private readonly Books _books;
    private readonly KernelLog _log = new();
    private readonly DriverCalls _calls;
    private readonly PageDirectories _directories;
    private readonly KernelMemory _memory;
    private readonly Kmalloc _kmalloc;
    private readonly Vmalloc _vmalloc;
    private readonly NodeTable _nodes;
    private readonly DeviceTable _devices;
    private readonly TaskContext _idle;
    private readonly DiskFiles _diskFiles;
    private readonly ProcessTexts _processTexts;
    private bool _isDown;

    internal LinuxKernel(MachineHardware hardware, Books books)
    {
        _hardware = hardware;
        _books = books;
        Context = books.Context;
        using KernelLock.Held held = Lock.Enter();
        _calls = new DriverCalls(Lock, Context, _log);
        MemMap = new MemMap(hardware, books, Lock);
        _directories = new PageDirectories(hardware, MemMap);
        _memory = new KernelMemory(hardware, MemMap, _directories);
        _kmalloc = new Kmalloc(hardware, MemMap);
        _vmalloc = new Vmalloc(hardware, MemMap, _directories, _memory);
        _nodes = new NodeTable(_calls, books, Context, hardware.Profile.PageSize);
        _devices = new DeviceTable(_nodes);
        _diskFiles = new DiskFiles(this);
        _processTexts = new ProcessTexts(this);
        _idle = new TaskContext(hardware.Profile.TaskSize);
        Vm = new VmSystem(hardware, MemMap, _directories, _kmalloc, _calls, () => Running?.Task ?? _idle);
        Vm.Stealer.Victims = index => index < _processes.Count ? (_processes[index].AddressSpace, _processes[index].Task) : null;
        MemMap.FindMapping = FindMapping;
        hardware.Memory.WrittenByDevice = frame => PageAuditor.Written(MemMap.Pages[frame]);
        new MemoryDevices(this).Register(_nodes, _devices);
    }

    /// <summary>The architecture that the kernel runs on.</summary>
    public MachineProfile Profile => _hardware.Profile;

    /// <summary>The last lines of the kernel's log, oldest first; a thousand or so are kept.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            using KernelLock.Held held = Lock.Enter();
            return _log.Lines;
        }
    }

    /// <summary>Every oops so far, oldest first.</summary>
    public IReadOnlyList<Oops> Oopses
    {
        get
        {
            using KernelLock.Held held = Lock.Enter();
            return [.. _calls.Oopses];
        }
    }

    /// <summary>Who is told what happens; null when nobody is.</summary>
    internal ITracer? Tracer => _calls.Tracer;

    internal CallContext Context { get; }

    internal KernelLock Lock => _books.Lock;

    internal VmSystem Vm { get; }

    internal MachineHardware Hardware => _hardware;

    /// <summary>Whether a module was inserted or a process spawned.</summary>
    internal bool HasRun { get; private set; }

    internal Kmalloc SmallObjects => _kmalloc;

    internal Vmalloc Vmallocs => _vmalloc;

    internal IEnumerable<Inode> Nodes => _nodes.Nodes;

    /// <summary>The address spaces of all processes, each once.</summary>
    internal IEnumerable<AddressSpace> Spaces => _processes.Select(process => process.AddressSpace).Distinct();

    /// <summary>The pages that pipes keep what they hold in.</summary>
    internal HashSet<Page> PipeBuffers { get; } = [];

    /// <summary>Writes a line to the kernel's log (<c>printk</c>).</summary>
    /// <param name="message">The line.</param>
    public void Printk(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        using KernelLock.Held held = Lock.Enter();
        _log.Write(message);
    }

    /// <summary>Ends every process, removes every module that can be removed, and closes the books.</summary>
    internal void Shutdown()
    {
        using KernelLock.Held held = Lock.Enter();
        if (_isDown)
            return;
        foreach (Process process in Processes)
            process.Exit();
        _isDown = true;
        Vm.SharedMemory.Clear();
        RemoveAll();
        foreach (Inode inode in _nodes.Nodes)
            inode.Audit.AtShutdown();
        Vm.PageCache.Clear();
    }

    /// <summary>Tells a tracer, or nobody any more, what happens from now on.</summary>
    internal void TraceTo(ITracer? tracer)
    {
        using KernelLock.Held held = Lock.Enter();
        _calls.Tracer = tracer;
        foreach (Process process in _processes)
            process.ForgetTranslations();
    }

    private string? FindMapping(Page page)
    {
        foreach (Inode inode in _nodes.Nodes)
        {
            for (VmArea? area = inode.Kind == InodeKind.CharDevice ? inode.Areas.First : null; area is not null; area = area.NextShare)
            {
                if (Vm.Entries.Find(area, page) is { } address)
                    return $"{address} in area {area}";
            }
        }

        return null;
    }

    private void ThrowIfDown() => ObjectDisposedException.ThrowIf(_isDown, typeof(LinuxKernel));
}
