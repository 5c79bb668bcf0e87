namespace MmapAnalyzers.Annotations;

/// <summary>The marked method, parameter or returned value takes one unit of a counted resource.</summary>
/// <remarks>
/// On a method the unit is counted on the object it is called on; on a parameter, on the argument; on a return value
/// (<c>[return: Acquires("page")]</c>) the returned object comes with a unit that the caller owes. The attribute is matched by its full
/// metadata name: a code base may declare its own internal copy and needs no package at run time.
/// </remarks>
/// <param name="resource">The name of the counted resource, such as <c>module-use</c>: lower case words joined by hyphens.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Property, AllowMultiple = true)]
public sealed class AcquiresAttribute(string resource) : Attribute
{
    /// <summary>The name of the counted resource.</summary>
    public string Resource { get; } = resource;

    /// <summary>The outcome of the call for which the unit is taken.</summary>
    public Outcome When { get; set; }
}
