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

    /// <summary>Needs a unit held.</summary>
    Use,
}

internal enum EffectTarget
{
    /// <summary>The object that the member is called on.</summary>
    Receiver,

    /// <summary>The returned value, or the object that a constructor makes.</summary>
    Return,

    /// <summary>The argument of the parameter with the effect's ordinal; of an <c>out</c> or <c>ref</c> parameter, what the call leaves there.</summary>
    Argument,

    /// <summary>The value assigned to the property or field.</summary>
    AssignedValue,
}

/// <summary>One effect of a member on a counted resource.</summary>
/// <param name="Ordinal">The parameter's position when <paramref name="Target"/> is <see cref="EffectTarget.Argument"/>, otherwise 0.</param>
internal sealed record Effect(EffectKind Kind, string Resource, EffectTarget Target, int Ordinal, Outcome When)
{
    /// <summary>The constant of <see cref="Outcome.Is"/> and <see cref="Outcome.IsNot"/>.</summary>
    public long WhenConstant { get; init; }

    /// <summary>The parameter by reference that tells the outcome, or <see langword="null"/> if the returned value does.</summary>
    public int? WhenOrdinal { get; init; }

    /// <summary>The call either does it or throws: when it returns, the outcome holds.</summary>
    public bool OtherwiseThrows { get; init; }

    /// <summary>The target, and a returned value that tells the outcome, is what awaiting the returned task gives.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>The element of the tuple at the target, counted from 0, or <see langword="null"/> for the target itself.</summary>
    public int? Element { get; init; }

    /// <summary>The parameter whose argument has to be the same at the acquire and at the release, such as a length.</summary>
    public int? PairedOrdinal { get; init; }

    /// <summary>What constant arguments must be for the effect to be there at all.</summary>
    public ArgumentTest? OnlyIf { get; init; }

    /// <summary>Whether the effect is there for the arguments.</summary>
    /// <param name="constantOf">The constant that is given for the parameter with an ordinal, or <see langword="null"/> if it is none.</param>
    public bool Applies(Func<int, long?> constantOf)
    {
        for (var test = OnlyIf; test is not null; test = test.And)
        {
            if (constantOf(test.Ordinal) is not { } argument || !test.Holds(argument))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A test of a constant argument, such as of a flag: the bits of <paramref name="Mask"/> equal <paramref name="Value"/>, or do not.</summary>
/// <remarks>An argument that is no constant fails the test.</remarks>
internal sealed record ArgumentTest(int Ordinal, long Mask, long Value, bool IsNegated)
{
    /// <summary>Another test that has to hold too.</summary>
    public ArgumentTest? And { get; init; }

    public bool Holds(long argument) => ((argument & Mask) == Value) != IsNegated;
}
