using MmapAnalyzers.Benchmarks.Measuring;

namespace MmapAnalyzers.Benchmarks.Budgets;

/// <summary>Every budget, in the order in which they are printed.</summary>
internal static class AllBudgets
{
    public static IReadOnlyList<Budget> List { get; } =
        [.. AccessBudgets.All, .. FaultBudgets.All, .. MappingBudgets.All, .. ForkBudgets.All, .. MemoryBudgets.All, .. SanitizerBudgets.All];
}
