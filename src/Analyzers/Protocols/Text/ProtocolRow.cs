namespace MmapAnalyzers.Protocols.Text;

/// <summary>What a row says of its subject.</summary>
internal enum RowVerb
{
    Acquires,
    Releases,
    Transfers,
    Borrows,
    Pins,
    Uses,
    MustCheck,
    Alias,
    NullValue,
    ThrowsNothing,
}

/// <summary>One line that describes a member.</summary>
/// <param name="Verb">What is said.</param>
/// <param name="Resource">The counted resource; empty for what concerns none.</param>
/// <param name="Target">What is counted, or denoted by an alias; empty for what concerns the member as a whole.</param>
/// <param name="Subject">The member.</param>
internal sealed record ProtocolRow(RowVerb Verb, Word Resource, RowTarget Target, RowSubject Subject)
{
    public RowOutcome? When { get; init; }

    /// <summary>The call returns with the outcome or not at all.</summary>
    public bool IsSure { get; init; }

    public bool IsAwaited { get; init; }

    /// <summary>The parameter whose argument has to be the same at the acquire and at the release.</summary>
    public Word? Pair { get; init; }

    public ImmutableArray<RowCondition> Conditions { get; init; } = [];

    /// <summary>Every parameter that the row names.</summary>
    public IEnumerable<Word> Parameters
    {
        get
        {
            if (Target.IsParameter)
            {
                yield return Target.Name;
            }

            if (When is { Parameter: { } teller })
            {
                yield return teller;
            }

            if (Pair is { } paired)
            {
                yield return paired;
            }

            foreach (var condition in Conditions)
            {
                yield return condition.Parameter;
            }
        }
    }
}

/// <summary>A counted resource, introduced to readers of messages.</summary>
/// <param name="IsCollected">A lost unit costs time only.</param>
/// <param name="IsSignal">A unit may be given back by somebody who has not taken it.</param>
internal sealed record ResourceLine(Word Name, string Noun, bool IsCollected, bool IsSignal);

/// <summary>A set of module names that stand for one native library.</summary>
internal sealed record LibraryLine(Word Name, ImmutableArray<Word> Modules);
