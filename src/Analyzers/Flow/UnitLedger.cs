using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Flow;

/// <summary>Takes and gives back units on a path, and tells of steps that cannot be right there.</summary>
internal sealed class UnitLedger(ProtocolBinder protocols, Action<Misuse> onMisuse)
{
    private const int PageSize = 4096;

    /// <param name="isOwned">The unit comes with the value itself.</param>
    public State Acquire(State state, CountKey key, SyntaxNode site, bool isOwned, Term? paired)
    {
        var unit = state.Units.TryGetValue(key, out var known) ? known : new Unit(isOwned);
        var taken = unit with { IsOwned = unit.IsOwned || isOwned, AcquiredAt = site, ReleasedAt = null, FailedAt = null, ThrewAt = null, Paired = paired };
        return state.AddCount(key, 1).AddStep(TrailKind.Acquired, site, key) with { Units = state.Units.SetItem(key, taken) };
    }

    /// <summary>An acquire said that it had not been done.</summary>
    public State Fail(State state, CountKey key, SyntaxNode site, bool isOwned) =>
        HoldsNone(state, key) ? state with { Units = state.Units.SetItem(key, UnitOf(state, key, isOwned) with { FailedAt = site }) } : state;

    /// <summary>An acquire threw.</summary>
    public State Throw(State state, CountKey key, SyntaxNode site) =>
        HoldsNone(state, key) ? state with { Units = state.Units.SetItem(key, UnitOf(state, key, isOwned: false) with { ThrewAt = site }) } : state;

    /// <summary>Gives a unit back. Of several resources that the release may be of, it is of the one that is held.</summary>
    /// <param name="keys">The same value as a unit of each resource that the release may give back.</param>
    public State Release(State state, IReadOnlyList<CountKey> keys, SyntaxNode site, Term? paired)
    {
        if (keys.Count == 0 || state.IsKnownToBe(keys[0].Target, Term.Null))
        {
            return state;
        }

        keys = [.. keys.Select(key => Escape.Unwrapped(state, key))];

        if (keys.Count > 1 && keys.Any(state.Units.ContainsKey))
        {
            return keys.Where(state.Units.ContainsKey).Aggregate(state, (current, key) => Release(current, key, site, paired));
        }

        return keys.Count == 1 && MeantInstead(state, keys[0], site) is { } meant
            ? Subtract(state, meant, site, paired)
            : keys.Aggregate(state, (current, key) => Release(current, key, site, paired));
    }

    /// <summary>The value is used in a way that needs a unit of the resource.</summary>
    public void Use(State state, CountKey key, SyntaxNode site)
    {
        if (state.Units.TryGetValue(key, out var unit) && HoldsNone(state, key) && !state.Escaped.Contains(key.Target)
            && (unit.ReleasedAt ?? unit.FailedAt) is not null)
        {
            var isValue = protocols.Describe(key.Resource).IsValue;
            if (isValue && unit.FailedAt is null && !IsGone(state, key, unit))
            {
                return;
            }

            onMisuse(new Misuse(isValue ? MisuseKind.UsedAfterRelease : MisuseKind.UsedWithoutUnit, site, key, unit, state));
        }
    }

    /// <summary>The value is read: if it was a unit and the last one has been given back, it belongs to somebody else by now.</summary>
    public void Touch(State state, Term value, SyntaxNode site)
    {
        foreach (var key in state.Units.Keys)
        {
            var unit = state.Units[key];
            if (IsGone(state, key, unit) && Denotes(state, value, key.Target) && state.Counts[key].IsExact && !state.Escaped.Contains(key.Target)
                && protocols.Describe(key.Resource).IsValue)
            {
                onMisuse(new Misuse(MisuseKind.UsedAfterRelease, site, key, unit, state));
            }
        }
    }

    /// <summary>A variable or field has been assigned anew: the units of what it held are lost if nothing else holds it.</summary>
    /// <param name="state">The state after the assignment.</param>
    public State Overwrite(State state, Term old, Term value, SyntaxNode site)
    {
        foreach (var key in state.Units.Keys.Where(key => key.Target.Equals(old) && IsLost(state, key) && !Escape.Contains(state, value, old)).ToArray())
        {
            onMisuse(new Misuse(MisuseKind.Overwritten, site, key, state.Units[key], state));
            state = state with { Escaped = state.Escaped.Add(key.Target) };
        }

        return state;
    }

    /// <summary>A round of a loop ends: what no variable holds any more is lost.</summary>
    public State EndRound(State state, SyntaxNode site)
    {
        foreach (var key in state.Units.Keys.Where(key => IsLost(state, key)).ToArray())
        {
            onMisuse(new Misuse(MisuseKind.LostInLoop, site, key, state.Units[key], state));
            state = state with { Escaped = state.Escaped.Add(key.Target) };
        }

        return state;
    }

    private State Release(State state, CountKey key, SyntaxNode site, Term? paired)
    {
        if (!state.Units.TryGetValue(key, out var unit))
        {
            return Subtract(state, key, site, paired);
        }

        if (HoldsNone(state, key) && KindOfExcess(state, key, unit) is { } kind)
        {
            onMisuse(new Misuse(kind, site, key, unit, state));
            return state with { Units = state.Units.SetItem(key, unit with { ReleasedAt = site, FailedAt = null, ThrewAt = null }) };
        }

        if (unit.Paired is { } taken && paired is not null && SurelyDiffer(taken, paired))
        {
            onMisuse(new Misuse(MisuseKind.WrongPair, site, key, unit, state));
        }

        return Subtract(state, key, site, paired);
    }

    private MisuseKind? KindOfExcess(State state, CountKey key, Unit unit) => unit switch
    {
        { ThrewAt: not null } => MisuseKind.ReleasedAfterThrow,
        { FailedAt: not null } => MisuseKind.ReleasedAfterFailure,
        { ReleasedAt: not null } when state.Counts.TryGetValue(key, out var count) && count.IsExact && !state.Escaped.Contains(key.Target)
            && IsSpent(state, key, unit) => MisuseKind.ReleasedTwice,
        _ => null,
    };

    /// <summary>Whether one release was all that could be due: of a count that was taken elsewhere too, unless it lets others go on.</summary>
    private bool IsSpent(State state, CountKey key, Unit unit) => protocols.Describe(key.Resource) switch
    {
        { IsValue: true } => IsGone(state, key, unit),
        var counted => unit.AcquiredAt is not null || !(counted.IsSignal || counted.IsOfAttributes),
    };

    /// <summary>Whether the value has been given back for good: of one that was there before, whatever was taken here had only been added.</summary>
    private static bool IsGone(State state, CountKey key, Unit unit) => unit.ReleasedAt is not null && HoldsNone(state, key) && (unit.IsOwned || unit.AcquiredAt is null);

    private static State Subtract(State state, CountKey key, SyntaxNode site, Term? paired)
    {
        var unit = UnitOf(state, key, isOwned: false);
        return state.AddCount(key, -1).AddStep(TrailKind.Released, site, key) with
        {
            Units = state.Units.SetItem(key, unit with { ReleasedAt = site, Paired = unit.AcquiredAt is null ? paired : unit.Paired }),
        };
    }

    /// <summary>The unit that the caller of a release surely meant when it named another resource or another address.</summary>
    private CountKey? MeantInstead(State state, CountKey key, SyntaxNode site)
    {
        if (state.Units.ContainsKey(key) || !protocols.Describe(key.Resource).IsValue)
        {
            return null;
        }

        var start = key.Target is { Kind: TermKind.Operation, Data: nameof(BinaryOperatorKind.Add) or nameof(BinaryOperatorKind.Subtract), Operands: [var left, ..] } ? left : null;
        foreach (var held in state.Units.Where(held => held.Value.IsOwned && state.Counts[held.Key].Low > 0))
        {
            if (held.Key.Target.Equals(key.Target))
            {
                onMisuse(new Misuse(MisuseKind.WrongRelease, site, held.Key, held.Value, state, key.Resource));
                return held.Key;
            }

            if (held.Key.Resource == key.Resource && held.Key.Target.Equals(start))
            {
                onMisuse(new Misuse(MisuseKind.WrongAddress, site, held.Key, held.Value, state));
                return held.Key;
            }
        }

        return null;
    }

    /// <summary>Two constants that differ also when lengths are rounded up to pages, or two values that the function was given apart.</summary>
    private static bool SurelyDiffer(Term taken, Term given) => (taken, given) switch
    {
        ({ Kind: TermKind.Constant, Data: long left }, { Kind: TermKind.Constant, Data: long right }) => RoundUp(left) != RoundUp(right),
        ({ Kind: TermKind.Parameter or TermKind.Fresh or TermKind.Member }, { IsZero: true }) => true,
        ({ Kind: TermKind.Parameter }, { Kind: TermKind.Parameter }) => !taken.Equals(given),
        (_, { Kind: TermKind.Operation, Data: nameof(BinaryOperatorKind.Add) or nameof(BinaryOperatorKind.Subtract), Operands: [var length, { Data: long moved }] }) => length.Equals(taken) && moved >= PageSize,
        _ => false,
    };

    private static long RoundUp(long length) => length is > 0 and < long.MaxValue - PageSize ? (length + PageSize - 1) / PageSize : -length;

    private static bool HoldsNone(State state, CountKey key) => !state.Counts.TryGetValue(key, out var count) || count.High <= 0;

    private static Unit UnitOf(State state, CountKey key, bool isOwned) => state.Units.TryGetValue(key, out var unit) ? unit : new Unit(isOwned);

    private static bool IsLost(State state, CountKey key) => state.Owes(key) && !IsReachable(state, key.Target);

    private static bool IsReachable(State state, Term target) =>
        state.Variables.Values.Any(value => Escape.Contains(state, value, target))
        || state.Heap.Values.Any(value => Escape.Contains(state, value, target))
        || state.Captures.Values.Any(captured => Escape.Contains(state, captured.Term, target));

    /// <summary>Whether whoever has the value can reach the target by it: the target itself, an address in it, or what may contain it; not a number or a condition made of it.</summary>
    private static bool Denotes(State state, Term value, Term target) =>
        value.Equals(target)
        || (value is { Kind: TermKind.Operation, Data: nameof(BinaryOperatorKind.Add) or nameof(BinaryOperatorKind.Subtract), Operands: [var start, ..] } && Denotes(state, start, target))
        || (value.Kind == TermKind.Member && Escape.MayCarry(value.Symbol) && Denotes(state, value.Operands[0], target))
        || (state.Derived.TryGetValue(value, out var sources) && sources.Any(target.Equals));
}
