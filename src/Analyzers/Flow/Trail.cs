using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Flow;

internal enum TrailKind
{
    /// <summary>A unit was taken.</summary>
    Acquired,

    /// <summary>A unit was given back.</summary>
    Released,

    /// <summary>A unit went to somebody else with a value.</summary>
    Transferred,

    /// <summary>An operation table was assigned.</summary>
    Installed,

    /// <summary>A condition was true.</summary>
    ConditionTrue,

    /// <summary>A condition was false.</summary>
    ConditionFalse,

    /// <summary>A value that a conditional access or a coalescing asks about was null.</summary>
    FoundNull,

    /// <summary>A value that a conditional access or a coalescing asks about was not null.</summary>
    FoundNotNull,
}

/// <summary>One step of the story of a path.</summary>
/// <param name="Site">Where it happened, in the source of the function under analysis; a call if it happened in a callee.</param>
/// <param name="Key">What was counted, for steps that count.</param>
/// <param name="Location">The place that was assigned, for steps that install.</param>
internal sealed record TrailStep(TrailKind Kind, SyntaxNode Site, CountKey? Key = null, Term? Location = null)
{
    public bool IsCondition => Kind is TrailKind.ConditionTrue or TrailKind.ConditionFalse or TrailKind.FoundNull or TrailKind.FoundNotNull;
}

/// <summary>How a path came to its state, newest step first. Two states that differ only in their trails are the same state.</summary>
internal sealed class Trail
{
    private const int MaxLength = 64;

    public static readonly Trail Empty = new(null, null, 0);

    private readonly TrailStep? _step;
    private readonly Trail? _rest;
    private readonly int _length;

    private Trail(TrailStep? step, Trail? rest, int length)
    {
        _step = step;
        _rest = rest;
        _length = length;
    }

    public Trail Add(TrailStep step) => _length < MaxLength ? new Trail(step, this, _length + 1) : this;

    /// <summary>The steps in the order in which they happened.</summary>
    public IEnumerable<TrailStep> Steps()
    {
        var steps = new Stack<TrailStep>();
        for (var trail = this; trail?._step is { } step; trail = trail._rest)
        {
            steps.Push(step);
        }

        return steps;
    }
}
