using MmapAnalyzers.CodeFixes.Writing;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>What a slot is filled with.</summary>
/// <param name="Value">The expression for the slot.</param>
/// <param name="Declaration">The declaration of the function that it names, unless there is one.</param>
internal sealed record Counterpart(string Value, ImmutableArray<SourceChange> Declaration);
