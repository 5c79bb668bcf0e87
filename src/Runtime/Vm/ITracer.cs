using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Is told what happens on a machine, in order; everything between the beginning and the end of a call happens inside of it.</summary>
internal interface ITracer
{
    /// <summary>Whether every load and store is recorded, so that none may be answered from remembered translations.</summary>
    bool RecordsEveryAccess { get; }

    /// <summary>A process, or 0 for the machine itself, begins a call.</summary>
    void Begin<TArguments>(int pid, string call, in TArguments arguments);

    /// <summary>The call that began last ends; without result when a signal ended it.</summary>
    void End(long? result);

    /// <summary>A load ends, or a store begins, with these bytes.</summary>
    void Bytes(ReadOnlySpan<byte> bytes);

    /// <summary>A signal is about to reach a process.</summary>
    void Signal(int pid, Signal signal, ulong address);

    /// <summary>A driver's method returned.</summary>
    void Callback(object? module, DriverCallback callback, string subject, object? result);

    /// <summary>The kernel caught what a driver's method threw.</summary>
    void Oops(string message);
}
