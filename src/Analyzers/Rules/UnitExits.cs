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
        OwnedAt(check).Concat(check.HasRole ? [] : CountedAt(check)).Where(lost => IsFinding(check, lost)).OrderBy(lost => lost.IsPossible).ThenBy(lost => lost.Exit.Throws);

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

    private static bool IsFinding(FunctionCheck check, LostUnit lost)
    {
        var isCollected = check.Protocols.Describe(lost.Key.Resource).IsCollected;
        return !(isCollected && (lost.Exit.Final.AfterUnseenThrow || lost.Exit.Final.ThrownByCallee))
            && (!lost.IsPossible || check.Result.Returns.Any(exit => WasGivenBack(exit, lost.Key)));
    }

    private static bool WasGivenBack(Exit exit, CountKey key) =>
        exit.Final.Units.TryGetValue(key, out var unit) && unit is { AcquiredAt: not null, ReleasedAt: not null } && exit.Final.Counts[key] == Count.Zero;

    /// <summary>Values with a unit of their own that nobody holds after the exit.</summary>
    private static IEnumerable<LostUnit> OwnedAt(FunctionCheck check) =>
        from exit in Of(check.Result)
        from unit in exit.Final.Units
        where unit.Value.AcquiredAt is not null && exit.Final.Owes(unit.Key) && KeeperOf(exit, unit.Key.Target) is null
        select new LostUnit(exit, unit.Key, unit.Value.AcquiredAt!);

    /// <summary>Counts on objects that were there before: lost where the function gives back what it took on one way out and not on another like it.</summary>
    private static IEnumerable<LostUnit> CountedAt(FunctionCheck check)
    {
        var exits = Of(check.Result).ToArray();
        foreach (var key in exits.SelectMany(exit => exit.Final.Units).Where(unit => !unit.Value.IsOwned && unit.Value.AcquiredAt is not null).Select(unit => unit.Key).Distinct())
        {
            var balanced = exits.Where(exit => !exit.Throws && WasGivenBack(exit, key)).ToArray();
            foreach (var held in exits.Where(exit => Holds(exit, key)))
            {
                if (balanced.Any(exit => held.Throws || !TellsApart(held, exit)) || (held.Throws && !held.Final.AfterUnseenThrow) || IsNeverGivenBack(check, key))
                {
                    yield return new LostUnit(held, key, held.Final.Units[key].AcquiredAt!);
                }
            }
        }
    }

    private static bool Holds(Exit exit, CountKey key) =>
        exit.Final.Units.TryGetValue(key, out var unit) && unit.AcquiredAt is not null && exit.Final.Counts.TryGetValue(key, out var count) && count.IsExact && count.Low > 0
        && !exit.Final.Escaped.Any(gone => key.Target.Any(gone.Equals));

    /// <summary>Whether the returned values let a caller know which of the two ways was taken.</summary>
    private static bool TellsApart(Exit left, Exit right) => (left.Final.ReturnValue, right.Final.ReturnValue) switch
    {
        ({ } one, { } other) => KnownValue(left, one) is { } leftValue
            ? !Constraint.SameConstant(leftValue, KnownValue(right, other) ?? leftValue) || right.Final.IsKnownNotToBe(other, leftValue)
            : KnownValue(right, other) is { } rightValue && left.Final.IsKnownNotToBe(one, rightValue),
        _ => false,
    };

    private static Term? KnownValue(Exit exit, Term value) =>
        value is { Kind: TermKind.Operation, Data: Term.TaskName } ? KnownValue(exit, value.Operands[0])
        : value.Kind == TermKind.Constant ? value
        : exit.Final.Facts.TryGetValue(value, out var fact) ? fact.EqualTo : null;

    /// <summary>Whether the function counts on an object that it alone knows, or on a private field that nothing else in the type gives back.</summary>
    private static bool IsNeverGivenBack(FunctionCheck check, CountKey key) => key.Target switch
    {
        // An object from elsewhere others know too, and they may give back by any name for it.
        { Kind: TermKind.Fresh, Site: Microsoft.CodeAnalysis.CSharp.Syntax.BaseObjectCreationExpressionSyntax } => true,
        { Kind: TermKind.Member, Symbol: IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field } => FieldUses.IsMadeHere(field, check.Cancellation) && !new FieldUses(check).AnyReleaseOf(key.Resource),
        _ => false,
    };
}
