using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Diagnostics;

/// <summary>What the default severity of a rule promises.</summary>
internal enum RuleLevel
{
    /// <summary>No known false positive: fit to gate a build.</summary>
    Warning = DiagnosticSeverity.Warning,

    /// <summary>Valuable, but needs a human's judgement.</summary>
    Suggestion = DiagnosticSeverity.Info,
}
