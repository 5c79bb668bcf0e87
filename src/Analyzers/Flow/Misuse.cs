using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Flow;

internal enum MisuseKind
{
    /// <summary>Given back once more than it was taken.</summary>
    ReleasedTwice,

    /// <summary>Given back where the acquire had said that it failed.</summary>
    ReleasedAfterFailure,

    /// <summary>Given back on the way of an exception that the acquire itself threw.</summary>
    ReleasedAfterThrow,

    /// <summary>Used after the last unit was given back.</summary>
    UsedAfterRelease,

    /// <summary>Used on a path that does not hold the unit that the use needs.</summary>
    UsedWithoutUnit,

    /// <summary>The only variable or field that held the value was assigned anew.</summary>
    Overwritten,

    /// <summary>The round of a loop ended, and with it the variable that held the value.</summary>
    LostInLoop,

    /// <summary>Given to the release of another resource.</summary>
    WrongRelease,

    /// <summary>Given back at another address than the one that was handed out.</summary>
    WrongAddress,

    /// <summary>Given back with another argument than the one it was taken with.</summary>
    WrongPair,
}

/// <summary>A wrong step on one path.</summary>
/// <param name="Site">The step, in the function under analysis; a call if it happened in a callee.</param>
/// <param name="State">The path's state before the step.</param>
/// <param name="Given">For <see cref="MisuseKind.WrongRelease"/> the resource of the release.</param>
internal sealed record Misuse(MisuseKind Kind, SyntaxNode Site, CountKey Key, Unit Unit, State State, string? Given = null);
