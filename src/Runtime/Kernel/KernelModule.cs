using MmapAnalyzers.Annotations;
using MmapAnalyzers.Runtime.Vm;
namespace MmapAnalyzers.Runtime.Kernel;
/// <summary>module</summary>
public abstract class KernelModule
{
    /// <summary>x</summary>
    protected LinuxKernel Kernel => throw new NotImplementedException();
    /// <summary>x</summary>
    public virtual string Name => GetType().Name;
    /// <summary>x</summary>
    public int UseCount => throw new NotImplementedException();
    /// <summary>x</summary>
    [Acquires("module-use")] public void IncrementUseCount() => throw new NotImplementedException();
    /// <summary>x</summary>
    [Releases("module-use")] public void DecrementUseCount() => throw new NotImplementedException();
    /// <summary>x</summary>
    protected abstract Errno Init();
    /// <summary>x</summary>
    protected virtual void Cleanup() { }
}
