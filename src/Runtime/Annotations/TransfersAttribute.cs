namespace MmapAnalyzers.Annotations;

/// <summary>One unit of a counted resource goes with the value: the receiver of the argument or of the assignment owes it from then on.</summary>
/// <remarks>On a property, assigning a value that is not null hands over one unit on that value; reading the property gives a borrowed value.</remarks>
/// <param name="resource">The name of the counted resource, such as <c>inode</c>.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = true)]
public sealed class TransfersAttribute(string resource) : Attribute
{
    /// <summary>The name of the counted resource.</summary>
    public string Resource { get; } = resource;
}
