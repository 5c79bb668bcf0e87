namespace MmapAnalyzers.Runtime.Verification;

/// <summary>Where a replay first went another way than its trace.</summary>
/// <param name="Line">The number of the line, from 1 on.</param>
/// <param name="Expected">What the trace says; null when it has ended.</param>
/// <param name="Actual">What happened; null when nothing more did.</param>
public sealed record TraceDifference(int Line, string? Expected, string? Actual)
{
    /// <summary>All three on three lines.</summary>
    public override string ToString() => $"line {Line}{Environment.NewLine}  trace:  {Expected ?? "(ended)"}{Environment.NewLine}  replay: {Actual ?? "(nothing more)"}";
}
