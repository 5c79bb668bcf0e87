using System.Diagnostics;
using System.Runtime.CompilerServices;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>A process: files, an address space, and the instructions that use them.</summary>
/// <remarks>
/// Every system call is there twice: under its own name, where an error is a <see cref="KernelException"/>, and as <c>Sys…</c>, which returns what the
/// kernel returns: zero or more for success, the error number made negative otherwise. Signals are <see cref="SignalException"/>s in both.
/// A call on a process that has exited is an <see cref="InvalidOperationException"/>.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class Process
{
    private readonly LinuxKernel _kernel;
    private readonly FileTable _files;
    private readonly Tlb _tlb;
    private AddressSpace _space;
    private readonly PhysicalMemory _memory;
    private Process? _parent;

    internal Process(LinuxKernel kernel, int pid, AddressSpace space, FileTable? files = null, Process? parent = null)
    {
        _kernel = kernel;
        _files = files ?? new FileTable();
        _tlb = new Tlb(kernel.Profile);
        _memory = kernel.Hardware.Memory;
        _parent = parent;
        Task = parent?.Task.Copy() ?? new TaskContext(kernel.Profile.TaskSize);
        Pid = pid;
        _space = space;
        space.Attach(_tlb);
    }

    /// <summary>The number of the process, from 1.</summary>
    public int Pid { get; }

    /// <summary>Whether the process has neither exited nor been killed.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>The address space (<c>mm</c>); the kernel's own while the process exits, and after.</summary>
    public AddressSpace AddressSpace
    {
        get => _space;
        private set
        {
            _space.Detach(_tlb);
            _space = value;
            value.Attach(_tlb);
        }
    }

    /// <summary>The areas as <c>/proc/pid/maps</c> lists them, one a line.</summary>
    public string Maps => string.Concat(AddressSpace.Areas.Select(area => area + "\n"));

    /// <summary>Number, state and size in one line.</summary>
    public override string ToString() =>
        IsAlive ? $"pid {Pid} {AddressSpace.Areas.Count} areas, {AddressSpace.TotalPages} pages, rss {AddressSpace.ResidentPages}" : $"pid {Pid} exited";

    /// <summary>Whether a file of a module's device is open here.</summary>
    internal bool HasOpen(LoadedModule module) => _files.HasOpen(module);

    /// <summary>Runs a system call that works on the address space, which is locked for it; a driver that calls back into it would wait for itself.</summary>
    private long RunLocked<TArguments>(in TArguments arguments, Func<Process, TArguments, long> call, [CallerMemberName] string name = "")
    {
        using KernelLock.Held held = _kernel.Lock.Enter();
        ThrowIfExited();
        AddressSpace space = AddressSpace;
        space.Lock();
        try
        {
            return Run(arguments, call, name);
        }
        finally
        {
            space.Unlock();
        }
    }

    /// <summary>Runs a system call for this process: it becomes current, and an oops kills it.</summary>
    private long Run<TArguments>(in TArguments arguments, Func<Process, TArguments, long> call, [CallerMemberName] string name = "")
    {
        using KernelLock.Held held = _kernel.Lock.Enter();
        ThrowIfExited();
        Process? previous = _kernel.Current;
        _kernel.Current = this;
        ITracer? tracer = _kernel.Tracer;
        long? result = null;
        tracer?.Begin(Pid, name, arguments);
        try
        {
            long value = ReturnToUser(call(this, arguments));
            result = value;
            return value;
        }
        catch (ProcessKilledException killed)
        {
            throw Die(killed);
        }
        finally
        {
            tracer?.End(result);
            _kernel.Current = previous;
        }
    }

    private SignalException Die(ProcessKilledException killed)
    {
        var oops = (Oops)killed.Oops;
        _kernel.Tracer?.Signal(Pid, Signal.SIGSEGV, 0);
        Exit();
        return new SignalException(Signal.SIGSEGV, default, oops, $"Process {Pid} was killed by an oops. {oops}");
    }

    private void ThrowIfExited()
    {
        if (!IsAlive)
            throw new InvalidOperationException($"Process {Pid} has exited.");
    }

    private static long Result(Errno error) => -(long)error;

    private static long Check(string call, long result) => result >= 0 ? result : throw new KernelException(call, (Errno)(-result));
}
