namespace MmapAnalyzers.Protocols;

/// <summary>All that the protocols say about one method, property, field, parameter or delegate type.</summary>
internal sealed record MemberProtocol(
    ImmutableArray<Effect> Effects,
    Role? Role,
    bool MustCheck,
    bool IsNullValue,
    int? AliasOrdinal)
{
    /// <summary>The <see cref="AliasOrdinal"/> that stands for the object the member is called on.</summary>
    public const int AliasOfReceiver = -1;

    public static readonly MemberProtocol None = new([], null, false, false, null);

    /// <summary>What the member denotes is not the alias itself, a task, but what awaiting it gives.</summary>
    public bool AliasIsAwaited { get; init; }

    /// <summary>Calls of the member throw nothing that a program has to expect.</summary>
    public bool ThrowsNothing { get; init; }

    /// <summary>It is what another assembly says of the member that this one overrides or implements.</summary>
    public bool IsInherited { get; init; }

    public bool IsEmpty => Effects.IsEmpty && Role is null && !MustCheck && !IsNullValue && AliasOrdinal is null && !ThrowsNothing;

    public bool ReturnsBorrowed => Effects.Any(effect => effect is { Kind: EffectKind.Borrow, Target: EffectTarget.Return });

    /// <summary>Whether calling the member only looks: it yields the same value for the same arguments and changes no count.</summary>
    public bool OnlyLooks => (AliasOrdinal is not null || ReturnsBorrowed) && !Effects.Any(effect => effect.Kind is EffectKind.Acquire or EffectKind.Release);

    /// <summary>This, and where it says nothing what a farther source says.</summary>
    public MemberProtocol Over(MemberProtocol farther) =>
        farther.IsEmpty ? this
        : IsEmpty ? farther
        : new(Effects.IsEmpty ? farther.Effects : Effects, Role ?? farther.Role, MustCheck || farther.MustCheck, IsNullValue || farther.IsNullValue, AliasOrdinal ?? farther.AliasOrdinal)
        {
            AliasIsAwaited = AliasOrdinal is null ? farther.AliasIsAwaited : AliasIsAwaited,
            ThrowsNothing = ThrowsNothing || farther.ThrowsNothing,
        };
}
