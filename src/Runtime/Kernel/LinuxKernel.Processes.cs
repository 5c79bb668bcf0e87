using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class LinuxKernel
{
    private readonly List<Process> _processes = [];
    private int _lastPid;

    /// <summary>The process in whose call this thread is (<c>current</c>); null outside of any. Another thread's call is waited for.</summary>
    public Process? Current
    {
        get
        {
            using KernelLock.Held held = Lock.Enter();
            return Running;
        }
    }

    /// <summary>The process in whose call the holder of the kernel lock is.</summary>
    internal Process? Running { get; set; }

    /// <summary>The processes that are alive, in the order of their births.</summary>
    public IReadOnlyList<Process> Processes
    {
        get
        {
            using KernelLock.Held held = Lock.Enter();
            return _processes.ToArray();
        }
    }

    /// <summary>Makes a process with an empty address space and no open file, as <c>exec</c> of a program without text or stack would leave it.</summary>
    /// <returns>The process.</returns>
    /// <exception cref="KernelException"><see cref="Errno.ENOMEM"/>: memory is exhausted.</exception>
    public Process Spawn()
    {
        using KernelLock.Held held = Lock.Enter();
        ThrowIfDown();
        HasRun = true;
        AddressSpace? space = Vm.Spaces.Make();
        Process? process = space is null ? null : Adopt(space);
        Tracer?.Begin(0, nameof(Spawn), 0);
        Tracer?.End(process?.Pid ?? -(long)Errno.ENOMEM);
        return process ?? throw new KernelException("spawn", Errno.ENOMEM);
    }

    internal Process Adopt(AddressSpace space, FileTable? files = null, Process? parent = null)
    {
        var process = new Process(this, ++_lastPid, space, files, parent);
        _processes.Add(process);
        return process;
    }

    /// <summary>The process with a number, which is alive.</summary>
    internal Process Find(int pid) => _processes[IndexOf(pid)];

    internal void Bury(Process process) => _processes.RemoveAt(IndexOf(process.Pid));

    /// <summary>Where a process stands: numbers ascend with births.</summary>
    private int IndexOf(int pid)
    {
        int from = 0;
        for (int to = _processes.Count - 1; from < to;)
        {
            int middle = (from + to) >> 1;
            if (_processes[middle].Pid < pid)
                from = middle + 1;
            else
                to = middle;
        }

        return from;
    }
}
