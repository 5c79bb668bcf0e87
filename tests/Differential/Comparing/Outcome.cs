using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Differential.Comparing;

/// <summary>What came of an operation.</summary>
/// <param name="Result">What the call returned: an address, zero, or the error number made negative.</param>
/// <param name="Signal">The signal that an access earned.</param>
/// <param name="Value">What was loaded.</param>
internal readonly record struct Outcome(long Result, Signal Signal = Signal.None, ulong Value = 0)
{
    public static Outcome Of(Errno error) => new(-(long)error);

    public static Outcome Of(Signal signal) => new(0, signal);

    public bool Is(Errno error) => Signal == Signal.None && Result == -(long)error;

    public override string ToString() =>
        Signal != Signal.None ? Signal.ToString()
        : Result < 0 ? ((Errno)(-Result)).ToString()
        : Value != 0 ? $"{Result:x} value {Value:x}"
        : $"{Result:x}";
}
