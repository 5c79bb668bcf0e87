using MmapAnalyzers.Benchmarks.Measuring;

namespace MmapAnalyzers.Benchmarks.Budgets;

/// <summary>Every budget, in the order in which they are printed.</summary>
internal static class AllBudgets
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<Budget>> Groups = new Dictionary<string, IReadOnlyList<Budget>>
    {
        ["runtime"] = [.. AccessBudgets.All, .. FaultBudgets.All, .. MappingBudgets.All, .. ForkBudgets.All, .. MemoryBudgets.All, .. SanitizerBudgets.All],
        ["analyzers"] = [.. BuildBudgets.All, .. EditingBudgets.All, .. MethodBudgets.All],
    };

    /// <summary>What can be asked for: groups, and the names of single ones.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Groups.Keys, .. Groups.Values.SelectMany(group => group).Select(budget => budget.Name)];

    /// <summary>The budgets that are named, alone or with their group; all where nothing is.</summary>
    public static IReadOnlyList<Budget> Named(IReadOnlyCollection<string> names) =>
        [.. Groups.SelectMany(group => group.Value.Where(budget => names.Count == 0 || names.Contains(group.Key) || names.Contains(budget.Name)))];
}
