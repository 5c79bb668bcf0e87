namespace MmapAnalyzers.Annotations;

/// <summary>Whatever is converted to the delegate type, assigned to the property or overrides the method plays this role and owes its contract.</summary>
/// <remarks>
/// The roles and their contracts:
/// <list type="table">
/// <item><term><c>mmap</c></term><description>Sets up a mapping. On success it has taken, for every count, exactly what the <c>close</c> slot of the
/// operation table it installed gives back, and every value it transferred has been counted.</description></item>
/// <item><term><c>open</c>, <c>close</c></term><description>The two sides of one operation table: for every count, what one takes the other gives back, on every path.</description></item>
/// <item><term><c>nopage</c></term><description>On success exactly one unit of <see cref="Resource"/> travels with the returned value; otherwise none is kept.</description></item>
/// </list>
/// </remarks>
/// <param name="role">The name of the role.</param>
[AttributeUsage(AttributeTargets.Delegate | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class RoleAttribute(string role) : Attribute
{
    /// <summary>The name of the role.</summary>
    public string Role { get; } = role;

    /// <summary>The outcome that counts as success; <see cref="Outcome.Always"/> for a callback that cannot fail.</summary>
    public Outcome Success { get; set; }

    /// <summary>The resource that travels with the returned value, for roles that hand one out.</summary>
    public string? Resource { get; set; }
}
