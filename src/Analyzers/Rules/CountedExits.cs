using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>A release of a unit that the function has not taken.</summary>
/// <param name="Key">The unit.</param>
/// <param name="ReleasedAt">The release.</param>
/// <param name="Exit">The way out that has not taken it.</param>
/// <param name="TakenAt">Where another way takes it, if one does.</param>
internal sealed record UntakenUnit(CountKey Key, SyntaxNode ReleasedAt, Exit Exit, SyntaxNode? TakenAt);

/// <summary>Judges counts on objects that were there before, such as locks: another function may give back what this one takes, and the other way round.</summary>
internal static class CountedExits
{
    /// <summary>Lost where the function gives back what it took on one way out and not on another like it, and where nobody else can.</summary>
    public static IEnumerable<LostUnit> LostAt(FunctionCheck check)
    {
        var exits = UnitExits.Of(check.Result).ToArray();
        foreach (var key in KeysOf(exits, static unit => unit.AcquiredAt is not null))
        {
            var balanced = Balanced(exits, key);
            foreach (var held in exits.Where(exit => Holds(exit, key)))
            {
                if (IsUnlike(held, balanced) || (balanced.Length > 0 && !held.Throws && exits.Any(exit => !exit.Throws && HasFailed(exit, key) && !TellsApart(held, exit))) || (held.Throws && !held.Final.AfterUnseenThrow) || IsTakenMoreOften(held, key) || IsMissing(check, key, EffectKind.Release))
                {
                    yield return new LostUnit(held, key, held.Final.Units[key].AcquiredAt!);
                }
            }
        }
    }

    /// <summary>Given back without having been taken, where the function takes it on another way like it, and where nobody else can have taken it.</summary>
    public static IEnumerable<UntakenUnit> UntakenAt(FunctionCheck check)
    {
        var exits = UnitExits.Of(check.Result).Where(static exit => !exit.Final.AfterUnseenThrow).ToArray();
        foreach (var key in KeysOf(exits, static unit => unit.AcquiredAt is null && unit.ReleasedAt is not null).Where(key => !check.Protocols.Describe(key.Resource).IsValue))
        {
            var balanced = Balanced(exits, key);
            foreach (var exit in exits.Where(exit => IsShort(exit, key)))
            {
                if (IsUnlike(exit, balanced) || IsMissing(check, key, EffectKind.Acquire))
                {
                    yield return new UntakenUnit(key, exit.Final.Units[key].ReleasedAt!, exit, balanced.FirstOrDefault()?.Final.Units[key].AcquiredAt);
                }
            }
        }
    }

    private static IEnumerable<CountKey> KeysOf(Exit[] exits, Func<Unit, bool> isMeant) =>
        exits.SelectMany(static exit => exit.Final.Units).Where(unit => !unit.Value.IsOwned && isMeant(unit.Value)).Select(static unit => unit.Key).Distinct();

    private static Exit[] Balanced(Exit[] exits, CountKey key) => [.. exits.Where(exit => !exit.Throws && UnitExits.WasGivenBack(exit, key))];

    /// <summary>Whether callers cannot know that it is another way than a balanced one.</summary>
    private static bool IsUnlike(Exit exit, Exit[] balanced) => balanced.Any(other => exit.Throws || !TellsApart(exit, other));

    /// <summary>Whether the way was refused the unit: a caller who cannot tell it from one that holds the unit cannot give it back.</summary>
    private static bool HasFailed(Exit exit, CountKey key) => exit.Final.Units.TryGetValue(key, out var unit) && unit is { FailedAt: not null, ReleasedAt: null };

    private static bool Holds(Exit exit, CountKey key) =>
        exit.Final.Units.TryGetValue(key, out var unit) && unit.AcquiredAt is not null && exit.Final.Counts.TryGetValue(key, out var count) && count.IsExact && count.Low > 0
        && !exit.Final.Escaped.Any(gone => key.Target.Any(gone.Equals));

    /// <summary>Whether the way gives back more than it has taken. A release of one of several resources is of the one that is held.</summary>
    private static bool IsShort(Exit exit, CountKey key) =>
        exit.Final.Units.TryGetValue(key, out var unit) && unit is { AcquiredAt: null, ReleasedAt: not null, FailedAt: null, ThrewAt: null }
        && exit.Final.Counts.TryGetValue(key, out var count) && count.IsExact && count.High < 0
        && !exit.Final.Units.Any(other => other.Value.ReleasedAt == unit.ReleasedAt && other.Key.Resource != key.Resource)
        && !exit.Final.Escaped.Any(gone => key.Target.Any(gone.Equals));

    /// <summary>Whether the way gives back, as the last thing it does with the object, and not all that it took: who means to keep a unit does not give it back.</summary>
    private static bool IsTakenMoreOften(Exit exit, CountKey key) => exit.Final.Units[key].ReleasedAt is not null;

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

    /// <summary>
    /// Whether no other function can do the other half: the object is known to this function alone, or it is a private field's and nothing in the type does it, or
    /// all callers are in sight and nothing in the compilation does it. What lets others go on may be given back without being taken.
    /// </summary>
    private static bool IsMissing(FunctionCheck check, CountKey key, EffectKind half)
    {
        if (IsDoneHere(check, key, half) || check.Protocols.Describe(key.Resource).IsOfAttributes)
        {
            return false;
        }

        var signals = check.Protocols.Describe(key.Resource).IsSignal && !HasUnitsFromTheStart(check, key.Target);
        return signals && half == EffectKind.Acquire ? false : key.Target switch
        {
            { Kind: TermKind.Fresh, Site: BaseObjectCreationExpressionSyntax } => true,
            { Kind: TermKind.Member, Symbol: IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field } when new FieldUses(check).IsMadeHere(field) =>
                signals ? !new FieldUses(check).AnyReleaseOf(key.Resource)
                : new FieldUses(check).IsHandedOver(field, key.Resource) ? !new LoneUses(check).Anywhere(half, key.Resource)
                : !new LoneUses(check).InType(field.ContainingType, half, key.Resource),
            _ => !signals && !IsVisibleOutside(check.Function) && !new LoneUses(check).Anywhere(half, key.Resource),
        };
    }

    /// <summary>Whether the function itself does the other half on some way: then it serves both.</summary>
    private static bool IsDoneHere(FunctionCheck check, CountKey key, EffectKind half) => check.Result.Exits.Any(exit =>
        exit.Final.Units.TryGetValue(key, out var unit) && (half == EffectKind.Acquire ? unit.AcquiredAt : unit.ReleasedAt) is not null);

    /// <summary>Whether the object is made with units to be taken, by its first argument: then it guards something, and no release comes before an acquire.</summary>
    private static bool HasUnitsFromTheStart(FunctionCheck check, Term target)
    {
        var creation = target switch
        {
            { Kind: TermKind.Fresh, Site: BaseObjectCreationExpressionSyntax made } => made,
            { Kind: TermKind.Member, Symbol: IFieldSymbol field } => new FieldUses(check).CreationOf(field),
            { Kind: TermKind.Captured, Symbol: ILocalSymbol local } => local.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(check.Cancellation)).OfType<VariableDeclaratorSyntax>()
                .Select(static variable => variable.Initializer?.Value).OfType<BaseObjectCreationExpressionSyntax>().FirstOrDefault(),
            _ => null,
        };
        return creation?.ArgumentList?.Arguments.FirstOrDefault()?.Expression is { } first && first is not LiteralExpressionSyntax { Token.Value: 0 };
    }

    private static bool IsVisibleOutside(ISymbol symbol)
    {
        for (var part = symbol; part is not null and not INamespaceSymbol; part = part.ContainingSymbol)
        {
            if (part is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
            {
                continue;
            }

            if (part.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal && !IsContract(part))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An implementation by name of an interface's member is called through the interface.</summary>
    private static bool IsContract(ISymbol symbol) => symbol is IMethodSymbol { ExplicitInterfaceImplementations.IsEmpty: false };
}
