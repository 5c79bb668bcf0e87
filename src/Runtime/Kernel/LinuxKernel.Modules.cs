using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class LinuxKernel
{
    private readonly List<LoadedModule> _modules = [];

    /// <summary>The modules that are inserted, in the order of their insertion; among them those that are removed but still counted.</summary>
    public IReadOnlyList<KernelModule> Modules
    {
        get
        {
            using KernelLock.Held held = Lock.Enter();
            return _modules.ConvertAll(loaded => loaded.Module);
        }
    }

    /// <summary>Inserts a module and calls its <c>Init</c> (<c>insmod</c>, <c>sys_init_module</c>), while the kernel holds a unit of its use count.</summary>
    /// <param name="module">The module, which is inserted nowhere yet.</param>
    /// <returns>
    /// <see cref="Errno.None"/>; <see cref="Errno.EBUSY"/>, whatever the error of <c>Init</c> was; <see cref="Errno.EEXIST"/> for a name that is taken;
    /// <see cref="Errno.EFAULT"/> when <c>Init</c> threw, which is an oops. A module that was not inserted is gone with whatever it had counted: what it
    /// registered and did not take back dangles.
    /// </returns>
    /// <exception cref="ArgumentException">The module is inserted, here or elsewhere.</exception>
    public Errno Insert(KernelModule module)
    {
        using KernelLock.Held held = Lock.Enter();
        ArgumentNullException.ThrowIfNull(module);
        ThrowIfDown();
        HasRun = true;
        if (module.Loaded is not null)
            throw new ArgumentException($"Module {module.Name} is inserted already.", nameof(module));
        if (_modules.Exists(other => !other.IsDeleted && other.Name == module.Name))
            return Errno.EEXIST;
        var loaded = new LoadedModule(module, _books);
        module.Attach(this, loaded);
        loaded.HoldForInit();
        Errno error = CallContained(loaded, DriverCallback.Init, () => module.CallInit() == Errno.None ? Errno.None : Errno.EBUSY);
        loaded.DropAfterInit(error == Errno.None);
        if (error == Errno.None)
            _modules.Add(loaded);
        else
            Discard(loaded);
        return error;
    }

    /// <summary>Removes a module and calls its <c>Cleanup</c> (<c>rmmod</c>, <c>sys_delete_module</c>).</summary>
    /// <remarks>A module whose <c>Cleanup</c> raised its count keeps its code: it goes with the first removal of any module that finds the count at zero.</remarks>
    /// <param name="module">The module.</param>
    /// <returns>
    /// <see cref="Errno.None"/>; <see cref="Errno.ENOENT"/> when it is not inserted here; <see cref="Errno.EBUSY"/> while its use count is not zero, below
    /// zero included; <see cref="Errno.EFAULT"/> when <c>Cleanup</c> threw, which is an oops: the module is gone all the same.
    /// </returns>
    public Errno Remove(KernelModule module)
    {
        using KernelLock.Held held = Lock.Enter();
        ArgumentNullException.ThrowIfNull(module);
        if (module.Loaded is not { IsDeleted: false } loaded || !_modules.Contains(loaded))
            return Errno.ENOENT;
        Tracer?.Begin(0, nameof(Remove), module.Name);
        Errno error = Remove(loaded);
        Tracer?.End(-(long)error);
        return error;
    }

    private Errno Remove(LoadedModule loaded)
    {
        bool used = IsUsed(loaded);
        if (loaded.UseCount != 0)
        {
            if (!used)
                loaded.ReportLeft();
            return Errno.EBUSY;
        }

        Errno error = CallContained(loaded, DriverCallback.Cleanup, () => RunCleanup(loaded.Module));
        loaded.IsDeleted = true;
        FreeDeleted();
        return error;
    }

    /// <summary>Removes the module of a type; the most recent one when there are several.</summary>
    /// <typeparam name="T">The type of the module.</typeparam>
    /// <returns>What <see cref="Remove(KernelModule)"/> returns; <see cref="Errno.ENOENT"/> when none of the type is inserted.</returns>
    public Errno Remove<T>()
        where T : KernelModule
    {
        using KernelLock.Held held = Lock.Enter();
        return _modules.FindLast(loaded => loaded.Module is T) is { } found ? Remove(found.Module) : Errno.ENOENT;
    }

    private static Errno RunCleanup(KernelModule module)
    {
        module.CallCleanup();
        return Errno.None;
    }

    private static void Discard(LoadedModule loaded)
    {
        loaded.IsGone = true;
        loaded.Module.Detach();
    }

    /// <summary>Lets the modules go whose cleanup has run and that nobody counts (<c>free_modules</c>).</summary>
    private void FreeDeleted()
    {
        foreach (LoadedModule loaded in _modules.FindAll(module => module is { IsDeleted: true, UseCount: 0 }))
        {
            _modules.Remove(loaded);
            Discard(loaded);
            ReportAliveAreas(loaded);
            if (!loaded.HasOopsed)
                MemMap.Auditor.AfterCleanup(MemMap, loaded);
        }
    }

    /// <summary>Removes every module that can be removed, the last inserted first.</summary>
    private void RemoveAll()
    {
        for (int last = _modules.Count; last > 0; last = Math.Min(last - 1, _modules.Count))
        {
            LoadedModule loaded = _modules[last - 1];
            if (loaded.IsDeleted)
                loaded.ReportLeft();
            else
                Remove(loaded.Module);
        }
    }

    private Errno CallContained(LoadedModule loaded, DriverCallback callback, Func<Errno> method)
    {
        try
        {
            return _calls.Run(loaded, callback, method);
        }
        catch (ProcessKilledException)
        {
            return Errno.EFAULT;
        }
    }

    private bool IsUsed(LoadedModule loaded) =>
        _processes.Exists(process => process.HasOpen(loaded) || process.AddressSpace.Areas.Any(area => ReferenceEquals(area.Module, loaded)));

    private void ReportAliveAreas(LoadedModule loaded)
    {
        foreach (Process process in _processes)
        {
            foreach (VmArea area in process.AddressSpace.Areas)
            {
                if (ReferenceEquals(area.Module, loaded) && area.Operations is { } operations)
                    loaded.ReportAlive(operations, area);
            }
        }
    }
}
