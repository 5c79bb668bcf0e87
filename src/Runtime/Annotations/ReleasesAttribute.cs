namespace MmapAnalyzers.Annotations;

/// <summary>The marked method or parameter gives one unit of a counted resource back.</summary>
/// <remarks>
/// On a method the unit is counted on the object it is called on; on a parameter, on the argument. The attribute is matched by its full
/// metadata name: a code base may declare its own internal copy and needs no package at run time.
/// </remarks>
/// <param name="resource">The name of the counted resource, such as <c>module-use</c>: lower case words joined by hyphens.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class ReleasesAttribute(string resource) : Attribute
{
    /// <summary>The name of the counted resource.</summary>
    public string Resource { get; } = resource;

    /// <summary>The outcome of the call for which the unit is given back.</summary>
    public Outcome When { get; set; }
}
