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
/// <para>
/// A process runs on one thread at a time, and processes of one machine on as many threads as one likes, those that share an address space, too
/// (<see cref="Clone"/>). Its loads and stores run beside everybody else's; whatever needs the kernel, a fault or a system call, waits until no other thread
/// is in it. Two things may come from any thread at any time: <see cref="Exit"/>, which makes the next call or fault of the process's own thread an
/// <see cref="InvalidOperationException"/>, and questions, such as <see cref="IsAlive"/> or <see cref="Maps"/>. What is shared between programs that run at
/// the same time is ordered by nothing but the kernel: a load may see another thread's stores in parts, as on a real machine.
/// </para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class Process : ITlbHolder
{
    private readonly LinuxKernel _kernel;
    private readonly FileTable _files;
    private Tlb _tlb = new();
    private AddressSpace _space;
    private readonly PhysicalMemory _memory;
    private Process? _parent;

    internal Process(LinuxKernel kernel, int pid, AddressSpace space, FileTable? files = null, Process? parent = null)
    {
        _kernel = kernel;
        _files = files ?? new FileTable();
        _memory = kernel.Hardware.Memory;
        _parent = parent;
        Task = parent?.Task.Copy() ?? new TaskContext(kernel.Profile.TaskSize);
        Pid = pid;
        _space = space;
        space.Attach(this);
    }

    /// <summary>The number of the process, from 1.</summary>
    public int Pid { get; }

    /// <summary>Whether the process has neither exited nor been killed.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>The address space (<c>mm</c>); the kernel's own while the process exits, and after.</summary>
    public AddressSpace AddressSpace => _space;

    /// <summary>The areas as <c>/proc/pid/maps</c> lists them, one a line.</summary>
    public string Maps
    {
        get
        {
            using KernelLock.Held held = _kernel.Lock.Enter();
            return string.Concat(AddressSpace.Areas.Select(area => area + "\n"));
        }
    }

    /// <summary>Number, state and size in one line.</summary>
    public override string ToString()
    {
        using KernelLock.Held held = _kernel.Lock.Enter();
        return IsAlive ? $"pid {Pid} {AddressSpace.Areas.Count} areas, {AddressSpace.TotalPages} pages, rss {AddressSpace.ResidentPages}" : $"pid {Pid} exited";
    }

    void ITlbHolder.ForgetTranslations() => _tlb.Forget();

    void ITlbHolder.ForgetTranslation(ulong address) => _tlb.Forget(address, (ulong)_kernel.Profile.PageSize);

    void ITlbHolder.WaitForStore() => _tlb.WaitForStore();

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
        Process? previous = _kernel.Running;
        _kernel.Running = this;
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
            _kernel.Running = previous;
        }
    }

    /// <summary>Leaves the address space for another one, which is null for the kernel's own, whose pages a process cannot touch.</summary>
    private void Move(AddressSpace? space)
    {
        AddressSpace old = _space;
        space?.Attach(this);
        Volatile.Write(ref _space, space ?? _kernel.InitMm);

        // What is remembered of the old one is forgotten, and a store that found it before is waited for.
        old.Detach(this);
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
