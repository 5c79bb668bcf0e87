namespace MmapAnalyzers.Benchmarks.Measuring;

/// <summary>A number that must not become larger.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Limit">The largest ratio that is allowed.</param>
/// <param name="Measured">What the machine does.</param>
/// <param name="Against">What that is divided by.</param>
/// <param name="NeedsHost">Whether the host's kernel is asked.</param>
/// <param name="Measure">Measures both.</param>
internal sealed record Budget(string Name, double Limit, string Measured, string Against, bool NeedsHost, Func<Measurement> Measure);
