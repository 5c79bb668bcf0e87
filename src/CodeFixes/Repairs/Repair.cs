using MmapAnalyzers.CodeFixes.Writing;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>One way to repair a finding.</summary>
/// <param name="Title">What the menu says.</param>
/// <param name="Action">A word that tells the repairs of one rule apart.</param>
/// <param name="Write">Writes the repair; no changes if it cannot be done right.</param>
internal sealed record Repair(string Title, string Action, Func<RepairSession, ImmutableArray<SourceChange>> Write);
