namespace MmapAnalyzers.Annotations;

/// <summary>On a static member: it is the null value of its type. On a Boolean property: it is true for the null value and for nothing else.</summary>
/// <remarks>For value types whose default means "none", such as a null kernel address.</remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class NullValueAttribute : Attribute;
