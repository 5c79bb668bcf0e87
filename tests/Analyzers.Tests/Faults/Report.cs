namespace MmapAnalyzers.Tests.Faults;

/// <summary>Lists what was missed.</summary>
internal static class Report
{
    /// <summary>The missed faults by kind and by family.</summary>
    public static string Missed(IReadOnlyCollection<Trial> trials) => string.Join("\n", trials
        .GroupBy(static trial => (trial.Mutant.Kind, trial.Mutant.Usage.Family))
        .Where(static group => group.Any(static trial => !trial.IsRight))
        .OrderBy(static group => group.Key)
        .SelectMany(static group => group.Where(static trial => !trial.IsRight).Select(static trial => $"  {trial}")
            .Prepend($"{group.Key.Kind} in {group.Key.Family}: {group.Count(static trial => !trial.IsRight)} of {group.Count()} missed")));
}
