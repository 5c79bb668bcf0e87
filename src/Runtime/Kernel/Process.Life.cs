using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Makes a child with a copy of everything (<c>fork</c>): for every area its entries are copied, then <c>open</c> is called with the copy.</summary>
    /// <returns>The child.</returns>
    /// <exception cref="KernelException"><see cref="Errno.ENOMEM"/>: memory is exhausted.</exception>
    public Process Fork() => MakeChild("fork", CloneFlags.None);

    /// <summary>Makes a child; see <see cref="Fork"/>.</summary>
    /// <returns>Its number, or the error number made negative.</returns>
    public long SysFork() => RunLocked(0, static (process, _) => process.DoClone(CloneFlags.None));

    /// <summary>Makes a child that shares what is asked for and gets a copy of the rest (<c>clone</c>).</summary>
    /// <remarks>With a shared address space no method of any area is called: not now, and not when one of its users exits or starts another program, only with the last.</remarks>
    /// <param name="flags">What is shared.</param>
    /// <returns>The child.</returns>
    /// <exception cref="KernelException"><see cref="Errno.EINVAL"/>: an unknown flag; <see cref="Errno.ENOMEM"/>: memory is exhausted.</exception>
    public Process Clone(CloneFlags flags) => MakeChild("clone", flags);

    /// <summary>Makes a child; see <see cref="Clone"/>.</summary>
    /// <param name="flags">What is shared.</param>
    /// <returns>Its number, or the error number made negative.</returns>
    public long SysClone(CloneFlags flags) => RunLocked(flags, static (process, shared) => process.DoClone(shared));

    /// <summary>Starts another program, one without text or stack (<c>exec</c>): the areas go as at exit, the files stay open.</summary>
    /// <remarks>
    /// An address space that others share is left to them, with no call at all. The break, and the stack pointer, stand where they stand for a new process.
    /// Locking of what will be mapped survives, as in 2.0.40, unless the address space was shared.
    /// </remarks>
    /// <exception cref="KernelException"><see cref="Errno.ENOMEM"/>: no memory for an address space of its own.</exception>
    public void Exec() => Check("exec", SysExec());

    /// <summary>Starts another program; see <see cref="Exec"/>.</summary>
    /// <returns>0, or the error number made negative.</returns>
    public long SysExec() => RunLocked(0, static (process, _) => process.DoExec());

    /// <summary>Ends the process (<c>do_exit</c>): its areas go first, each with <c>unmap</c> and <c>close</c> <em>before</em> its pages, then its files with <c>release</c>.</summary>
    /// <remarks>Areas and files that another process shares stay for that one. An oops on the way is recorded and the rest goes on. Nothing happens when the process has exited already.</remarks>
    public void Exit()
    {
        using KernelLock.Held held = _kernel.Lock.Enter();
        if (!IsAlive)
            return;
        IsAlive = false;
        ITracer? tracer = _kernel.Tracer;
        tracer?.Begin(Pid, nameof(Exit), 0);
        Process? previous = _kernel.Running;
        _kernel.Running = this;
        AddressSpace space = AddressSpace;
        Move(null);
        try
        {
            _kernel.Vm.Spaces.Drop(space);
            _files.Drop();
        }
        finally
        {
            _parent = null;
            _kernel.Bury(this);
            _kernel.Running = previous;
            tracer?.End(0);
        }
    }

    private Process MakeChild(string call, CloneFlags flags)
    {
        // Held until it is found: another thread could end all processes meanwhile.
        using KernelLock.Held held = _kernel.Lock.Enter();
        return _kernel.Find((int)Check(call, SysClone(flags)));
    }

    private long DoClone(CloneFlags flags)
    {
        const CloneFlags Known = CloneFlags.Vm | CloneFlags.FileSystem | CloneFlags.Files | CloneFlags.SignalHandlers;
        if ((flags & ~Known) != 0)
            return Result(Errno.EINVAL);
        bool shared = (flags & CloneFlags.Vm) != 0;
        if ((shared ? _kernel.Vm.Spaces.Share(AddressSpace) : _kernel.Vm.Spaces.Copy(AddressSpace)) is not { } space)
            return Result(Errno.ENOMEM);
        FileTable files = (flags & CloneFlags.Files) != 0 ? _files.Share() : _files.Copy();
        return _kernel.Adopt(space, files, this).Pid;
    }

    private long DoExec()
    {
        if (_kernel.Vm.Spaces.Exec(AddressSpace) is not { } space)
            return Result(Errno.ENOMEM);
        if (space != AddressSpace)
            Move(space);
        Task.StackPointer = _kernel.Profile.TaskSize;
        return 0;
    }
}
