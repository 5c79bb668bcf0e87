using MmapAnalyzers.Runtime;

namespace Tour.Running;

/// <summary>One thing that a user of the machine did, and how it turned out.</summary>
/// <param name="Action">What was done, as a short program line.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="IsWrong">Whether no correct driver would have let this happen.</param>
internal sealed record Step(string Action, string Outcome, bool IsWrong);

/// <summary>A run of a driver on the machine.</summary>
/// <param name="Steps">What was done, in order.</param>
/// <param name="Violations">What the machine's books say after it.</param>
internal sealed record Run(IReadOnlyList<Step> Steps, IReadOnlyList<Violation> Violations)
{
    /// <summary>Whether everything turned out as it should.</summary>
    public bool IsInOrder => Violations.Count == 0 && !Steps.Any(step => step.IsWrong);
}
