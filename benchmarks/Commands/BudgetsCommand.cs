using System.Text.Json;
using System.Text.Json.Serialization;
using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Benchmarks.Commands;

/// <summary>Measures budgets and prints a line for each, as soon as it is known.</summary>
internal sealed class BudgetsCommand(TextWriter output, TextWriter errors)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="budgets">What to measure.</param>
    /// <param name="json">Whether a tool reads the result.</param>
    /// <returns>The exit code.</returns>
    public int Run(IReadOnlyList<Budget> budgets, bool json)
    {
        List<BudgetResult> results = [];
        foreach (Budget budget in budgets)
        {
            if (budget.NeedsHost && HostKernel.WhyNot is { } reason)
            {
                errors.WriteLine($"{budget.Name} is left out: {reason}.");
                continue;
            }

            var result = new BudgetResult(budget, budget.Measure());
            results.Add(result);
            if (!json)
                output.WriteLine(result);
        }

        if (json)
            output.WriteLine(JsonSerializer.Serialize(results.Select(Describe), Indented));
        return results.All(result => result.IsOk) ? ExitCode.Good : ExitCode.Over;
    }

    private static object Describe(BudgetResult result) => new
    {
        result.Budget.Name,
        result.Measurement.Ratio,
        Budget = result.Budget.Limit,
        Ok = result.IsOk,
        result.Budget.Measured,
        result.Budget.Against,
        result.Measurement.Machine,
        result.Measurement.Reference,
        result.Measurement.Unit,
        result.Measurement.At,
    };
}
