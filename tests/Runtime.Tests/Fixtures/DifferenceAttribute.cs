namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>Marks a test that shows a row of <c>docs/differences.md</c>, by the row's id.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class DifferenceAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
