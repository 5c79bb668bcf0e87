namespace MmapAnalyzers.Runtime.Memory;

/// <summary>A count found wrong, and what had happened to its object; the machine shows it as a violation.</summary>
internal sealed record Finding(string Rule, object Subject, string Resource, string Message, IReadOnlyList<string> History);
