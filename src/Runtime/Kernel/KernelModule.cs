using System.Diagnostics;
using MmapAnalyzers.Annotations;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>A loadable module: what <c>init_module</c>, <c>cleanup_module</c> and the use count are to a driver.</summary>
/// <remarks>In 2.0 nobody counts for the driver: its methods take a unit for whatever still needs the module's code.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public abstract class KernelModule
{
    private LinuxKernel? _kernel;

    /// <summary>The name in the list of modules: the type's name unless overridden.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The use count; 0 when the module is not inserted.</summary>
    public int UseCount => Loaded?.UseCount ?? 0;

    /// <summary>The kernel that the module is inserted into.</summary>
    /// <exception cref="InvalidOperationException">The module was never inserted.</exception>
    protected LinuxKernel Kernel =>
        _kernel ?? throw new InvalidOperationException($"Module {Name} has no kernel yet: LinuxKernel.Insert gives it one before it calls Init.");

    /// <summary>The insertion that is current; null before the first and after removal.</summary>
    internal LoadedModule? Loaded { get; private set; }

    /// <summary>Takes one unit of the use count (<c>MOD_INC_USE_COUNT</c>): the module cannot be removed until it is given back.</summary>
    /// <exception cref="InvalidOperationException">The module is not inserted.</exception>
    [Acquires("module-use")]
    public void IncrementUseCount() => Move(1);

    /// <summary>Gives one unit back (<c>MOD_DEC_USE_COUNT</c>). Nothing stops the count at zero, as in the kernel, but the books take note.</summary>
    /// <exception cref="InvalidOperationException">The module is not inserted.</exception>
    [Releases("module-use")]
    public void DecrementUseCount() => Move(-1);

    /// <summary>Name and use count, as in a line of <c>/proc/modules</c>; a module that is not inserted says so.</summary>
    public override string ToString() => Loaded is null ? $"{Name} not inserted" : $"{Name} {UseCount}";

    internal void Attach(LinuxKernel kernel, LoadedModule loaded)
    {
        _kernel = kernel;
        Loaded = loaded;
    }

    internal void Detach() => Loaded = null;

    internal Errno CallInit() => Init();

    internal void CallCleanup() => Cleanup();

    /// <summary>Registers what the module offers (<c>init_module</c>).</summary>
    /// <returns><see cref="Errno.None"/>, or any error: the insertion then fails with <see cref="Errno.EBUSY"/>.</returns>
    protected abstract Errno Init();

    /// <summary>Takes back what <see cref="Init"/> registered (<c>cleanup_module</c>). It cannot refuse.</summary>
    protected virtual void Cleanup()
    {
    }

    private void Move(int units)
    {
        using KernelLock.Held held = Kernel.Lock.Enter();
        if (Loaded is not { } loaded)
            throw new InvalidOperationException($"Module {Name} is not inserted: it has no use count.");
        loaded.Move(units, Kernel.Context);
    }
}
