using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>One way a function can end, seen from outside: terms speak of its <c>this</c>, its parameters and what it captures.</summary>
/// <param name="Final">The state at the exit, with <see cref="State.ReturnValue"/>.</param>
/// <param name="Throws">Whether the exit is an exception.</param>
/// <param name="Site">The statement or expression it leaves at, or <see langword="null"/> for the end of the body.</param>
internal sealed record Exit(State Final, bool Throws, SyntaxNode? Site)
{
    /// <summary>What somebody else had before the exit handed out what it returns.</summary>
    public ImmutableHashSet<Term> GivenAway { get; init; } = Final.Escaped;
}

/// <summary>A result that must be looked at, and the place where it is known to be lost.</summary>
internal sealed record IgnoredResult(SyntaxNode Call, SyntaxNode? LostAt);

/// <summary>What a function does, as found by running its control-flow graph.</summary>
internal sealed record FunctionResult
{
    private readonly Lazy<bool> _returnTellsResult;

    public static readonly FunctionResult Unknown = new([], [], isUnknown: true);

    public FunctionResult(ImmutableArray<Exit> exits, ImmutableArray<IgnoredResult> ignored, bool isUnknown)
    {
        Exits = exits;
        Ignored = ignored;
        IsUnknown = isUnknown;
        _returnTellsResult = new Lazy<bool>(FindWhetherReturnTellsResult);
    }

    public ImmutableArray<Exit> Exits { get; }

    public ImmutableArray<IgnoredResult> Ignored { get; }

    /// <summary>The exits as callers see them.</summary>
    public ImmutableArray<Exit> Outcomes { get; init; } = [];

    /// <summary>The exits by exception one by one; <see cref="Exits"/> has them joined.</summary>
    public ImmutableArray<Exit> Thrown { get; init; } = [];

    /// <summary>The wrong steps of the paths through the function.</summary>
    public ImmutableArray<Misuse> Misuses { get; init; } = [];

    /// <summary>The function could not be followed: it may do anything.</summary>
    public bool IsUnknown { get; }

    /// <summary>The body runs at a time that callers cannot know.</summary>
    public bool IsDeferred { get; init; }

    public bool IsUnknownToCallers => IsUnknown || IsDeferred;

    public IEnumerable<Exit> Returns => Exits.Where(exit => !exit.Throws);

    /// <summary>The returns that are known well enough to be judged.</summary>
    public IEnumerable<Exit> CertainReturns => Returns.Where(exit => exit.Final.IsCertain);

    /// <summary>
    /// Whether the returned constant tells a caller how a result that must be checked came out: the exits that found it bad and those that
    /// found it good return different constants.
    /// </summary>
    public bool ReturnTellsResult => _returnTellsResult.Value;

    /// <summary>Whether some exit counts something, or may.</summary>
    public bool MayCount => IsUnknown || Exits.Any(exit => exit.Final.CountsUnknown || exit.Final.Counts.Values.Any(count => count != Count.Zero));

    private bool FindWhetherReturnTellsResult()
    {
        var good = new HashSet<Term>();
        var bad = new HashSet<Term>();
        foreach (var exit in Returns)
        {
            if (exit.Final.ReturnValue is not { Kind: TermKind.Constant } returned)
            {
                return false;
            }

            if (exit.Final.MustCheckResults.Any(result => exit.Final.IsKnownNotToBe(result, Term.Constant(0))))
            {
                bad.Add(returned);
            }
            else if (exit.Final.MustCheckResults.Any(result => exit.Final.IsKnownToBe(result, Term.Constant(0))))
            {
                good.Add(returned);
            }
        }

        return good.Count > 0 && bad.Count > 0 && !good.Overlaps(bad);
    }
}
