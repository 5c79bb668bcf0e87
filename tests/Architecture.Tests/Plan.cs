namespace MmapAnalyzers.Architecture.Tests;

/// <summary>A namespace, and the namespaces whose types it may use besides its own.</summary>
internal sealed record Room(string Namespace, IReadOnlyList<string> MayUse);

/// <summary>Which room may use which.</summary>
internal sealed class Plan(params Room[] rooms)
{
    private readonly Dictionary<string, Room> _rooms = rooms.ToDictionary(room => room.Namespace);

    public IReadOnlyList<Room> Rooms => rooms;

    public bool Has(string @namespace) => _rooms.ContainsKey(@namespace);

    public bool Allows(Use use) => _rooms.TryGetValue(use.From, out Room? room) && room.MayUse.Contains(use.To);
}

/// <summary>A place in the source where code of one namespace names something that another namespace declares.</summary>
internal sealed record Use(string From, string To, string Name, string Place)
{
    public override string ToString() => $"{From} -> {To}: {Name} at {Place}";
}
