using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime;

/// <summary>A violation that the sanitizer found in <see cref="SanitizerMode.Throw"/>, thrown where it was found.</summary>
/// <remarks>It passes through driver methods and system calls, which therefore stay unfinished; all the machine is good for afterwards is to be disposed of.</remarks>
public sealed class SanitizerException : Exception, IUncontained
{
    internal SanitizerException(Violation violation)
        : base(violation.Describe()) => Violation = violation;

    /// <summary>What was found.</summary>
    public Violation Violation { get; }
}
