using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>A system call returned an error number.</summary>
public sealed class KernelException : Exception
{
    internal KernelException(string call, Errno error)
        : base($"{call}: {error}") => Error = error;

    /// <summary>The error number, positive.</summary>
    public Errno Error { get; }
}
