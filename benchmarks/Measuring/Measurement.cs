namespace MmapAnalyzers.Benchmarks.Measuring;

/// <summary>Two numbers of one run.</summary>
/// <param name="Machine">What the machine took.</param>
/// <param name="Reference">What that is compared with took.</param>
/// <param name="Unit">The unit of both.</param>
internal readonly record struct Measurement(double Machine, double Reference, string Unit = "ns")
{
    /// <summary>Where the number was found, if it is the worst of many.</summary>
    public string? At { get; init; }

    /// <summary>The one divided by the other; where both were measured several times, the median of that.</summary>
    public double Ratio { get; init; } = Machine / Reference;
}
