namespace MmapAnalyzers.Annotations;

/// <summary>The result says whether the call did its work: a caller that never looks at it goes on as if it had.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.ReturnValue)]
public sealed class MustCheckAttribute : Attribute;
