using System.Globalization;

namespace MmapAnalyzers.Benchmarks.Measuring;

/// <summary>A budget and what was measured for it.</summary>
internal sealed record BudgetResult(Budget Budget, Measurement Measurement)
{
    public bool IsOk => Measurement.Ratio <= Budget.Limit;

    /// <summary>Name, ratio, budget, and whether it is kept.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Budget.Name} {Measurement.Ratio:0.###} {Budget.Limit:0.###} {(IsOk ? "ok" : "over")}");
}
