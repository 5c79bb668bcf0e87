namespace MmapAnalyzers.Annotations;

/// <summary>The marked method, or whoever is given the argument, needs a unit held: after the last release it is a use after release.</summary>
/// <param name="resource">The name of the counted resource, such as <c>page</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class UsesAttribute(string resource) : Attribute
{
    /// <summary>The name of the counted resource.</summary>
    public string Resource { get; } = resource;
}
