using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>The join of two states: what holds on both paths.</summary>
/// <param name="site">The place of the meeting, from which differing values get their terms.</param>
/// <param name="label">Tells meetings at one place apart.</param>
internal sealed class StateJoin(SyntaxNode site, string label)
{
    /// <summary>Whether the term was made by a join at this place.</summary>
    public bool Made(Term term) => term.Kind == TermKind.Fresh && ReferenceEquals(term.Site, site) && term.Data is string made && made.StartsWith(label + ":", StringComparison.Ordinal);

    /// <summary>Whether the term was made by any join.</summary>
    public static bool IsJoined(Term term) => term is { Kind: TermKind.Fresh, Data: string label } && label.Contains('@');

    /// <summary>The join of two states that hold the same units, with what it has forgotten of them remembered as blurred.</summary>
    public static State Blur(State known, State next, State joined)
    {
        var blurred = joined.Blurred.Union(known.Blurred).Union(next.Blurred).ToBuilder();
        foreach (var variable in joined.Variables.Where(variable => IsJoined(variable.Value)))
        {
            blurred.Add(variable.Value);
        }

        foreach (var fact in known.Facts.Concat(next.Facts).Where(fact => !joined.Facts.TryGetValue(fact.Key, out var kept) || !kept.Equals(fact.Value)))
        {
            blurred.Add(fact.Key);
        }

        return joined with { Blurred = blurred.ToImmutable() };
    }

    /// <summary>The join; with <paramref name="widen"/>, counts that still move lose the bound that moves.</summary>
    public State Join(State known, State next, bool widen)
    {
        (known, next) = CarryUnits(known, next);
        return JoinCarried(known, next, widen);
    }

    /// <summary>A unit that waits in a variable goes on waiting in the variable's joined value; null on the other path owes nothing.</summary>
    private (State Known, State Next) CarryUnits(State known, State next)
    {
        if (known.Units.IsEmpty && next.Units.IsEmpty)
        {
            return (known, next);
        }

        foreach (var variable in known.Variables.Where(variable => next.Variables.TryGetValue(variable.Key, out var other) && !other.Equals(variable.Value)))
        {
            var (left, right) = (variable.Value, next.Variables[variable.Key]);
            if (!MayCarry(known, left) || !MayCarry(next, right) || (left.IsNull && right.IsNull))
            {
                continue;
            }

            var joined = Term.Fresh(site, $"{label}:{variable.Key.Name}");
            known = Carry(known, left, joined);
            next = Carry(next, right, joined);
            (known, next) = (CopyFromNull(known, left, next, joined), CopyFromNull(next, right, known, joined));
        }

        return (known, next);
    }

    /// <summary>Whether the value is null, or an owned one that only one variable holds.</summary>
    private static bool MayCarry(State state, Term value) =>
        state.IsKnownToBe(value, Term.Null)
        || (state.Units.Any(unit => unit.Value.IsOwned && unit.Key.Target.Equals(value)) && state.Variables.Values.Count(value.Equals) == 1);

    private static State Carry(State state, Term value, Term joined)
    {
        if (value.Kind == TermKind.Constant || value.Equals(joined))
        {
            return state;
        }

        var earlier = Term.Fresh(joined.Site!, (string)joined.Data! + " earlier");
        return state.Rename(part => part.Equals(joined) ? earlier : part.Equals(value) ? joined : null);
    }

    private static State CopyFromNull(State state, Term value, State other, Term joined)
    {
        if (!state.IsKnownToBe(value, Term.Null))
        {
            return state;
        }

        foreach (var unit in other.Units.Where(unit => unit.Key.Target.Equals(joined)))
        {
            state = state with { Units = state.Units.SetItem(unit.Key, unit.Value), Counts = state.Counts.SetItem(unit.Key, other.Counts.TryGetValue(unit.Key, out var count) ? count : Count.Zero) };
        }

        return state;
    }

    private State JoinCarried(State known, State next, bool widen) => known with
    {
        Variables = JoinVariables(known, next),
        Captures = known.Captures.Where(pair => next.Captures.TryGetValue(pair.Key, out var other) && pair.Value.Equals(other)).ToMap(),
        Heap = Common(known.Heap, next.Heap),
        Versions = JoinVersions(known, next),
        Epoch = ReferenceEquals(known.Epoch, next.Epoch) ? known.Epoch : site,
        Counts = JoinCounts(known, next, widen),
        CountsUnknown = known.CountsUnknown || next.CountsUnknown,
        Facts = JoinFacts(known, next),
        Unchecked = JoinUnchecked(known, next),
        MustCheckResults = known.MustCheckResults.Union(next.MustCheckResults),
        Units = JoinUnits(known, next),
        Escaped = known.Escaped.Union(next.Escaped),
        Derived = JoinDerived(known, next),
        Blurred = known.Blurred.Union(next.Blurred),
        ThrownByCallee = known.ThrownByCallee || next.ThrownByCallee,
        IsMerged = known.IsMerged || next.IsMerged,
        AfterUnseenThrow = known.AfterUnseenThrow || next.AfterUnseenThrow,
        ReturnValue = Equals(known.ReturnValue, next.ReturnValue) ? known.ReturnValue : Term.Fresh(site, $"{label}:return"),
    };

    private Map<ISymbol, Term> JoinVariables(State known, State next)
    {
        var joined = Builder(known.Variables);
        foreach (var symbol in known.Variables.Keys.Union(next.Variables.Keys, SymbolEqualityComparer.Default).OfType<ISymbol>())
        {
            var same = known.Variables.TryGetValue(symbol, out var left) & next.Variables.TryGetValue(symbol, out var right)
                && left!.Equals(right!) && !left.Any(Made);
            if (!same)
            {
                joined[symbol] = Term.Fresh(site, $"{label}:{symbol.Name}");
            }
        }

        return joined.ToMap();
    }

    /// <summary>A result that waits in a variable goes on waiting in the variable's joined value; one that has been copied is given up.</summary>
    private Map<Term, SyntaxNode> JoinUnchecked(State known, State next)
    {
        var variables = JoinVariables(known, next);
        var joined = new Dictionary<Term, SyntaxNode>();
        foreach (var state in new[] { known, next })
        {
            foreach (var outstanding in state.Unchecked)
            {
                var holders = state.Variables.Where(variable => variable.Value.Equals(outstanding.Key)).Select(variable => variable.Key).ToArray();
                if (holders.Length <= 1)
                {
                    joined[holders.Length == 0 ? outstanding.Key : variables[holders[0]]] = outstanding.Value;
                }
            }
        }

        return joined.ToMap();
    }

    private Map<Term, Term> Common(Map<Term, Term> known, Map<Term, Term> next) =>
        known.Where(pair => next.TryGetValue(pair.Key, out var other) && pair.Value.Equals(other) && !pair.Key.Any(Made) && !pair.Value.Any(Made)).ToMap();

    private Map<Term, SyntaxNode> JoinVersions(State known, State next)
    {
        var joined = Builder(known.Versions);
        foreach (var pair in next.Versions)
        {
            if (!joined.TryGetValue(pair.Key, out var version) || !ReferenceEquals(version, pair.Value))
            {
                joined[pair.Key] = site;
            }
        }

        foreach (var pair in known.Versions.Where(pair => !next.Versions.ContainsKey(pair.Key)))
        {
            joined[pair.Key] = site;
        }

        // What only one path assigned must be read anew after the meeting.
        foreach (var location in known.Heap.Concat(next.Heap).Select(pair => pair.Key).Where(location => location.Kind == TermKind.Member && location.Data is "instance"))
        {
            if (!known.Heap.TryGetValue(location, out var left) || !next.Heap.TryGetValue(location, out var right) || !left.Equals(right))
            {
                joined[location.Operands[0]] = site;
            }
        }

        return joined.ToMap();
    }

    private static Map<Term, ImmutableArray<Term>> JoinDerived(State known, State next) =>
        known.Derived.SetItems(next.Derived.Select(pair => !known.Derived.TryGetValue(pair.Key, out var sources) || sources.SequenceEqual(pair.Value)
            ? pair
            : new KeyValuePair<Term, ImmutableArray<Term>>(pair.Key, [.. sources.Union(pair.Value)])));

    private static Map<CountKey, Unit> JoinUnits(State known, State next)
    {
        var joined = Builder(known.Units);
        foreach (var pair in next.Units)
        {
            joined[pair.Key] = !known.Units.TryGetValue(pair.Key, out var other) ? pair.Value : new Unit(other.IsOwned || pair.Value.IsOwned)
            {
                AcquiredAt = other.AcquiredAt ?? pair.Value.AcquiredAt,
                ReleasedAt = Same(other.ReleasedAt, pair.Value.ReleasedAt),
                FailedAt = Same(other.FailedAt, pair.Value.FailedAt),
                ThrewAt = Same(other.ThrewAt, pair.Value.ThrewAt),
                Paired = Equals(other.Paired, pair.Value.Paired) ? other.Paired : null,
            };
        }

        return joined.ToMap();
    }

    private static Dictionary<TKey, TValue> Builder<TKey, TValue>(Map<TKey, TValue> map)
        where TKey : notnull
    {
        var builder = typeof(TKey) == typeof(ISymbol) ? new Dictionary<TKey, TValue>((IEqualityComparer<TKey>)(object)SymbolEqualityComparer.Default) : [];
        foreach (var pair in map)
        {
            builder[pair.Key] = pair.Value;
        }

        return builder;
    }

    private static SyntaxNode? Same(SyntaxNode? left, SyntaxNode? right) => ReferenceEquals(left, right) ? left : null;

    private Map<CountKey, Count> JoinCounts(State known, State next, bool widen)
    {
        var joined = new Dictionary<CountKey, Count>();
        foreach (var key in known.Counts.Keys.Union(next.Counts.Keys))
        {
            var left = known.Counts.TryGetValue(key, out var knownCount) ? knownCount : Count.Zero;
            var right = next.Counts.TryGetValue(key, out var nextCount) ? nextCount : Count.Zero;
            joined[key] = widen ? left.Join(left.Widen(right)) : left.Join(right);
        }

        return joined.ToMap();
    }

    private Map<Term, Constraint> JoinFacts(State known, State next)
    {
        var joined = new Dictionary<Term, Constraint>();
        foreach (var pair in known.Facts)
        {
            if (!pair.Key.Any(Made) && next.Facts.TryGetValue(pair.Key, out var other) && pair.Value.Or(other) is { } both)
            {
                joined[pair.Key] = both;
            }
        }

        return joined.ToMap();
    }
}
