namespace MmapAnalyzers.Protocols;

/// <summary>What a callback owes at its exits.</summary>
[Flags]
internal enum RoleDuties
{
    None = 0,

    /// <summary>On success every count that the installed table's counterpart slot gives back has been taken exactly as often.</summary>
    CountsForInstalledTable = 1,

    /// <summary>On success every unit that was transferred had been taken.</summary>
    CountsTransferredValues = 2,

    /// <summary>For every count, what this slot takes the opposite slot of the same table gives back.</summary>
    BalancesOpposite = 4,

    /// <summary>On success exactly one unit of the role's resource travels with the returned value.</summary>
    ReturnsCountedValue = 8,
}

/// <summary>The contract of a role: data, looked up by the role's name.</summary>
/// <param name="Counterpart">The slot of an operation table whose effect the duties compare with.</param>
internal sealed record RoleContract(string Role, RoleDuties Duties, string? Counterpart)
{
    private static readonly ImmutableDictionary<string, RoleContract> ByRole = new[]
    {
        new RoleContract("mmap", RoleDuties.CountsForInstalledTable | RoleDuties.CountsTransferredValues, Counterpart: "close"),
        new RoleContract("open", RoleDuties.BalancesOpposite, Counterpart: "close"),
        new RoleContract("close", RoleDuties.BalancesOpposite, Counterpart: "open"),
        new RoleContract("nopage", RoleDuties.ReturnsCountedValue, Counterpart: null),
    }.ToImmutableDictionary(contract => contract.Role);

    public static IEnumerable<string> KnownRoles => ByRole.Keys.OrderBy(role => role, StringComparer.Ordinal);

    public static RoleContract? Find(string role) => ByRole.TryGetValue(role, out var contract) ? contract : null;
}

/// <summary>A role as a member was marked with it.</summary>
/// <param name="Success">The outcome of the callback that counts as success.</param>
/// <param name="Resource">The resource that travels with the returned value, for roles that hand one out.</param>
internal sealed record Role(RoleContract Contract, Outcome Success, string? Resource);
