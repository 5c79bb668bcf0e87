namespace MmapAnalyzers.Protocols;

internal enum EffectKind
{
    /// <summary>Takes one unit.</summary>
    Acquire,

    /// <summary>Gives one unit back.</summary>
    Release,

    /// <summary>One unit goes with the value to somebody else.</summary>
    Transfer,

    /// <summary>The value comes, or is taken, without a unit.</summary>
    Borrow,

    /// <summary>The value is exempt from counting from then on.</summary>
    Pin,
}

internal enum EffectTarget
{
    /// <summary>The object that the member is called on.</summary>
    Receiver,

    /// <summary>The returned value.</summary>
    Return,

    /// <summary>The argument of the parameter with the effect's ordinal.</summary>
    Argument,

    /// <summary>The value assigned to the property or field.</summary>
    AssignedValue,
}

/// <summary>One effect of a member on a counted resource.</summary>
/// <param name="Ordinal">The parameter's position when <paramref name="Target"/> is <see cref="EffectTarget.Argument"/>, otherwise 0.</param>
internal sealed record Effect(EffectKind Kind, string Resource, EffectTarget Target, int Ordinal, Outcome When);
