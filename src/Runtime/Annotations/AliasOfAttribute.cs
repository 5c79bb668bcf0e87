namespace MmapAnalyzers.Annotations;

/// <summary>The returned value, or the value of the property or indexer, denotes the same counted object as one of the arguments.</summary>
/// <remarks>Units taken through either name are counted once, as with a page's address, its number in <c>mem_map</c> and its entry there.</remarks>
/// <param name="parameter">The name of the parameter whose argument is denoted; <c>this</c> for the object the member is called on.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.ReturnValue | AttributeTargets.Property)]
public sealed class AliasOfAttribute(string parameter) : Attribute
{
    /// <summary>The name of the parameter whose argument is denoted.</summary>
    public string Parameter { get; } = parameter;
}
