using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The process was sent a signal by what it did.</summary>
/// <remarks>
/// After <see cref="Signal.SIGBUS"/> and <see cref="Signal.SIGSEGV"/> of its own access the process goes on as if a handler had returned;
/// after <see cref="Signal.SIGKILL"/>, or when <see cref="Oops"/> is set, it is dead and has exited.
/// </remarks>
public sealed class SignalException : Exception
{
    internal SignalException(Signal signal, UserAddress address, Oops? oops, string message)
        : base(message, oops?.Exception)
    {
        Signal = signal;
        Address = address;
        Oops = oops;
    }

    /// <summary>The signal.</summary>
    public Signal Signal { get; }

    /// <summary>The address whose access earned it; zero when no access did.</summary>
    public UserAddress Address { get; }

    /// <summary>The oops that killed the process; null when its own access earned the signal.</summary>
    public Oops? Oops { get; }
}
