namespace MmapAnalyzers.Annotations;

/// <summary>The value is valid only while its owner holds it: no unit of the resource comes with it, and the receiver owes nothing.</summary>
/// <remarks>A method whose return value is borrowed only looks: called again with the same arguments it denotes the same object.</remarks>
/// <param name="resource">The name of the counted resource, such as <c>page</c>.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = true)]
public sealed class BorrowsAttribute(string resource) : Attribute
{
    /// <summary>The name of the counted resource.</summary>
    public string Resource { get; } = resource;
}
