using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What the memory manager asks of the kernel around every call of a driver's method.</summary>
internal abstract class DriverGate
{
    /// <summary>The lock of the kernel that the drivers belong to.</summary>
    public abstract KernelLock Lock { get; }

    /// <summary>Who is told what methods return; null when nobody is.</summary>
    public ITracer? Tracer { get; set; }

    /// <summary>A method of the module is about to run.</summary>
    /// <exception cref="ProcessKilledException">The module has left and its method with it: that is an oops.</exception>
    public abstract void Enter(object? module, DriverCallback callback);

    /// <summary>The method is over, or its slot is empty and the event counts all the same.</summary>
    public abstract void Leave(object? module, DriverCallback callback, VmOperations? operations);

    /// <summary>An event of an area whose slot is empty.</summary>
    public abstract void Pass(object? module, DriverCallback callback, VmOperations operations);

    /// <summary>The method threw: records the oops.</summary>
    /// <returns>What unwinds the system call.</returns>
    public abstract ProcessKilledException Oops(object? module, DriverCallback callback, Exception exception);

    /// <summary>Writes a line to the kernel's log.</summary>
    public abstract void Printk(string message);
}
