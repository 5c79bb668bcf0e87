using Microsoft.CodeAnalysis;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>A unit that a way out of a function takes along.</summary>
/// <param name="Exit">The way out.</param>
/// <param name="Key">The unit.</param>
/// <param name="TakenAt">Where it was taken.</param>
internal sealed record LostUnit(Exit Exit, CountKey Key, SyntaxNode TakenAt)
{
    /// <summary>The exception that the way goes over is one that code out of sight might throw.</summary>
    public bool IsPossible => Exit.Final.AfterUnseenThrow;
}

/// <summary>Compares what the ways out of a function hold.</summary>
internal static class UnitExits
{
    /// <summary>The units that are lost at some way out: ways that surely are, first those by return, then those over exceptions.</summary>
    public static IEnumerable<LostUnit> LostAt(FunctionCheck check) =>
        OwnedAt(check).Concat(check.HasRole ? [] : CountedExits.LostAt(check)).Where(lost => IsFinding(check, lost)).OrderBy(lost => lost.IsPossible).ThenBy(lost => lost.Exit.Throws);

    /// <summary>The ways out that were not joined of several.</summary>
    public static IEnumerable<Exit> Of(FunctionResult result) => result.Returns.Concat(result.Thrown).Where(exit => !exit.Final.IsMerged);

    /// <summary>Whether some way out by return leaves the unit with somebody: a member, the caller, or whoever else received it.</summary>
    public static bool IsHandedOn(FunctionCheck check, CountKey key) => check.Result.Returns.Any(exit =>
        exit.Final.Units.TryGetValue(key, out var unit) && unit.AcquiredAt is not null
        && exit.Final.Counts.TryGetValue(key, out var count) && count.High > 0
        && (KeeperOf(exit, key.Target) is not null || exit.Final.Escaped.Contains(key.Target)));

    /// <summary>Whether a member of the running object holds the value at the exit.</summary>
    public static ISymbol? KeeperOf(Exit exit, Term value) =>
        exit.Final.Heap.FirstOrDefault(written => written.Value.Equals(value) && written.Key.Data is "instance" && written.Key.Operands[0].Equals(Term.This)).Key?.Symbol;

    /// <summary>Whether an object that outlives the function, the running one or one from elsewhere, holds the value or something that leads to it.</summary>
    private static bool IsKept(State state, Term value) =>
        state.Heap.Any(written => written.Key.Data is "instance" && written.Key.Operands[0].Kind != TermKind.Fresh && Escape.Reaches(state, written.Value, value));

    private static bool IsFinding(FunctionCheck check, LostUnit lost)
    {
        var isCollected = check.Protocols.Describe(lost.Key.Resource).IsCollected;
        return !(isCollected && (lost.Exit.Final.AfterUnseenThrow || lost.Exit.Final.ThrownByCallee))
            && (!lost.IsPossible || check.Result.Returns.Any(exit => WasGivenBack(exit, lost.Key)));
    }

    /// <summary>Whether the way has taken the unit and given it back.</summary>
    public static bool WasGivenBack(Exit exit, CountKey key) =>
        exit.Final.Units.TryGetValue(key, out var unit) && unit is { AcquiredAt: not null, ReleasedAt: not null } && exit.Final.Counts[key] == Count.Zero;

    /// <summary>Values with a unit of their own that nobody holds after the exit.</summary>
    private static IEnumerable<LostUnit> OwnedAt(FunctionCheck check) =>
        from exit in Of(check.Result)
        from unit in exit.Final.Units
        where unit.Value.AcquiredAt is not null && exit.Final.Owes(unit.Key) && !IsKept(exit.Final, unit.Key.Target)
        select new LostUnit(exit, unit.Key, unit.Value.AcquiredAt!);
}
