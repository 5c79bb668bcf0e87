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

    /// <summary>The number of <see cref="Outcome.Is"/> and <see cref="Outcome.IsNot"/>.</summary>
    public long WhenValue { get; set; }

    /// <summary>The parameter by reference that tells the outcome; without a name the returned value does.</summary>
    public string? WhenParameter { get; set; }

    /// <summary>The outcome, and a returned object that is counted, is what awaiting the returned task gives.</summary>
    public bool Awaited { get; set; }

    /// <summary>The parameter whose argument has to be the same at the acquire and at the release, such as a length.</summary>
    public string? Paired { get; set; }

    /// <summary>The element of a tuple that is counted, from 0; −1, the default, for the value as a whole.</summary>
    public int Element { get; set; } = -1;
}
