namespace MmapAnalyzers.Annotations;

/// <summary>This project's own copies: the analyzers match them by name, so nothing is needed at run time.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Property, AllowMultiple = true)]
internal sealed class AcquiresAttribute(string resource) : Attribute
{
    public string Resource { get; } = resource;
    public Outcome When { get; set; }
}

[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter, AllowMultiple = true)]
internal sealed class ReleasesAttribute(string resource) : Attribute
{
    public string Resource { get; } = resource;
    public Outcome When { get; set; }
}

[AttributeUsage(AttributeTargets.Delegate | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Method | AttributeTargets.Parameter)]
internal sealed class RoleAttribute(string role) : Attribute
{
    public string Role { get; } = role;
    public Outcome Success { get; set; }
    public string? Resource { get; set; }
}

internal enum Outcome
{
    Always,
    True,
    False,
    Zero,
    NonZero,
    NonNull,
}
