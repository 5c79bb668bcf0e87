namespace MmapAnalyzers.Annotations;

/// <summary>From this call on the argument is exempt from counting: taking or giving back units of it means nothing.</summary>
/// <remarks>Follows <c>mem_map_reserve</c>: a reserved page is neither counted nor freed.</remarks>
/// <param name="resource">The name of the counted resource, such as <c>page</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class PinsAttribute(string resource) : Attribute
{
    /// <summary>The name of the counted resource.</summary>
    public string Resource { get; } = resource;
}
