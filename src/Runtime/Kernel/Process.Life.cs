using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Makes a child with a copy of everything (<c>fork</c>): for every area its entries are copied, then <c>open</c> is called with the copy.</summary>
    /// <returns>The child.</returns>
    /// <exception cref="KernelException"><see cref="Errno.ENOMEM"/>: memory is exhausted.</exception>
    public Process Fork()
    {
        var pid = (int)Check("fork", SysFork());
        return _kernel.Processes.Single(process => process.Pid == pid);
    }

    /// <summary>Makes a child; see <see cref="Fork"/>.</summary>
    /// <returns>Its number, or the error number made negative.</returns>
    public long SysFork() => RunLocked(0, static (process, _) => process.DoFork());

    /// <summary>Ends the process (<c>do_exit</c>): its areas go first, each with <c>unmap</c> and <c>close</c> <em>before</em> its pages, then its files with <c>release</c>.</summary>
    /// <remarks>An oops on the way is recorded and the rest goes on. Nothing happens when the process has exited already.</remarks>
    public void Exit()
    {
        using KernelLock.Held held = _kernel.Lock.Enter();
        if (!IsAlive)
            return;
        IsAlive = false;
        Process? previous = _kernel.Current;
        _kernel.Current = this;
        AddressSpace space = AddressSpace;
        AddressSpace = _kernel.InitMm;
        try
        {
            _kernel.Vm.Unmapper.UnmapAll(space);
            _kernel.Vm.Directories.Free(space.Directory);
            _files.CloseAll();
        }
        finally
        {
            _kernel.Bury(this);
            _kernel.Current = previous;
        }
    }

    private long DoFork()
    {
        if (_kernel.Vm.NewAddressSpace() is not { } space)
            return Result(Errno.ENOMEM);
        Errno error = Errno.ENOMEM;
        try
        {
            error = _kernel.Vm.Copier.Copy(AddressSpace, space);
        }
        catch (ProcessKilledException)
        {
            _kernel.Vm.Unmapper.UnmapAll(space);
            throw;
        }
        finally
        {
            if (error != Errno.None)
                _kernel.Vm.Directories.Free(space.Directory);
        }

        return error == Errno.None ? _kernel.Adopt(space, _files.Copy()).Pid : Result(error);
    }
}
