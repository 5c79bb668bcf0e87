using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>The value a flow capture holds, and the place it was read from if the capture may be assigned.</summary>
internal sealed record CapturedValue(Term Term, IOperation Source);

/// <summary>What one path knows at one point. Immutable; equality ignores the <see cref="Trail"/>.</summary>
internal sealed record State
{
    public static readonly State Entry = new();

    /// <summary>Locals and parameters that have been assigned.</summary>
    public Map<ISymbol, Term> Variables { get; init; } = Map<ISymbol, Term>.Empty;

    public Map<CaptureId, CapturedValue> Captures { get; init; } = Map<CaptureId, CapturedValue>.Empty;

    /// <summary>Members that have been assigned, by their unversioned terms.</summary>
    public Map<Term, Term> Heap { get; init; } = Map<Term, Term>.Empty;

    /// <summary>For a container: the place after which its members must be read anew.</summary>
    public Map<Term, SyntaxNode> Versions { get; init; } = Map<Term, SyntaxNode>.Empty;

    /// <summary>The place after which every member must be read anew.</summary>
    public SyntaxNode? Epoch { get; init; }

    /// <summary>Taken minus given back, since entry.</summary>
    public Map<CountKey, Count> Counts { get; init; } = Map<CountKey, Count>.Empty;

    /// <summary>Code ran that may have counted anything: no count that is not in <see cref="Counts"/> is known, and none is exact.</summary>
    public bool CountsUnknown { get; init; }

    public Map<Term, Constraint> Facts { get; init; } = Map<Term, Constraint>.Empty;

    /// <summary>Results that must be looked at and have not been, with the calls that gave them.</summary>
    public Map<Term, SyntaxNode> Unchecked { get; init; } = Map<Term, SyntaxNode>.Empty;

    /// <summary>All results of this path that had to be looked at, looked at or not.</summary>
    public ImmutableHashSet<Term> MustCheckResults { get; init; } = [];

    /// <summary>What was taken and given back on the path, by key.</summary>
    public Map<CountKey, Unit> Units { get; init; } = Map<CountKey, Unit>.Empty;

    /// <summary>Values that somebody else may hold by now, who then owes their units.</summary>
    public ImmutableHashSet<Term> Escaped { get; init; } = [];

    /// <summary>Values that may contain or keep others: a call's result its arguments, a tuple its elements.</summary>
    public Map<Term, ImmutableArray<Term>> Derived { get; init; } = Map<Term, ImmutableArray<Term>>.Empty;

    /// <summary>Terms of which a meeting of paths has forgotten something: a condition on one of them may be believed twice over.</summary>
    public ImmutableHashSet<Term> Blurred { get; init; } = [];

    /// <summary>Where the exception came from that is on its way. No part of equality: one exception stands for all from the same state.</summary>
    public SyntaxNode? ThrowSite { get; init; }

    /// <summary>The exception on its way was thrown in the source of a callee.</summary>
    public bool ThrownByCallee { get; init; }

    /// <summary>Finally regions under way, innermost last.</summary>
    public ImmutableList<Continuation> Pending { get; init; } = [];

    /// <summary>For each loop the path is or was in: which disjunct of the loop's header it came from.</summary>
    public Map<int, int> LoopDisjuncts { get; init; } = Map<int, int>.Empty;

    public Term? ReturnValue { get; init; }

    public SyntaxNode? ReturnSite { get; init; }

    /// <summary>Paths were joined here because there were too many: what it says is an approximation of several.</summary>
    public bool IsMerged { get; init; }

    /// <summary>The path goes over an exception that code out of sight might throw. It may well never be taken.</summary>
    public bool AfterUnseenThrow { get; init; }

    /// <summary>Whether what the state says may be held against the program.</summary>
    public bool IsCertain => !IsMerged && !AfterUnseenThrow;

    public Trail Trail { get; init; } = Trail.Empty;

    public Count CountOf(CountKey key) =>
        CountsUnknown ? Count.Unknown : Counts.TryGetValue(key, out var count) ? count : Count.Zero;

    /// <summary>Whether the path surely holds units that came with a value which nobody else has.</summary>
    public bool Owes(CountKey key) =>
        Units.TryGetValue(key, out var unit) && unit.IsOwned
        && Counts.TryGetValue(key, out var count) && count.Low > 0
        && !Escaped.Contains(key.Target)
        && !IsKnownToBe(key.Target, Term.Null);

    public State AddCount(CountKey key, int units)
    {
        var count = (Counts.TryGetValue(key, out var present) ? present : Count.Zero).Add(units);
        return this with { Counts = Counts.SetItem(key, count) };
    }

    public State AddMustCheck(Term result, SyntaxNode call) =>
        this with { Unchecked = Unchecked.SetItem(result, call), MustCheckResults = MustCheckResults.Add(result) };

    /// <summary>Somebody else has the value and will look at what it tells, or at what awaiting it gives.</summary>
    public State HandOn(Term value) => Unchecked.IsEmpty
        ? this
        : this with { Unchecked = Unchecked.RemoveRange(Unchecked.Keys.Where(result => result.Equals(value) || (result.Kind == TermKind.Operation && result.Operands.Contains(value)))) };

    public State AddStep(TrailKind kind, SyntaxNode site, CountKey? key = null, Term? location = null) =>
        this with { Trail = Trail.Add(new TrailStep(kind, site, key, location)) };

    /// <summary>The state in which the constraint holds for the term as well, or <see langword="null"/> if that cannot be.</summary>
    public State? Constrain(Term term, Constraint constraint)
    {
        if (term.Kind == TermKind.Constant)
        {
            return Constraint.Is(term).And(constraint) is null ? null : this;
        }

        if (!Facts.TryGetValue(term, out var known))
        {
            return this with { Facts = Facts.SetItem(term, constraint) };
        }

        return known.And(constraint) is not { } both ? null : both.Equals(known) ? this : this with { Facts = Facts.SetItem(term, both) };
    }

    public bool IsKnownToBe(Term term, Term constant) =>
        term.Kind == TermKind.Constant
            ? Constraint.SameConstant(term, constant)
            : Facts.TryGetValue(term, out var fact) && fact.EqualTo is { } equal && Constraint.SameConstant(equal, constant);

    public bool IsKnownNotToBe(Term term, Term constant) =>
        term.Kind == TermKind.Constant
            ? !Constraint.SameConstant(term, constant)
            : Facts.TryGetValue(term, out var fact)
                && (fact.EqualTo is { } equal ? !Constraint.SameConstant(equal, constant) : fact.DifferentFrom.Any(other => Constraint.SameConstant(other, constant)));

    /// <summary>Whether anything that the path knows is built of the term.</summary>
    public bool Mentions(Term term)
    {
        bool Is(Term part) => part.Any(term.Equals);
        return Variables.Values.Any(Is)
            || Captures.Values.Any(captured => Is(captured.Term))
            || Heap.Any(written => Is(written.Key) || Is(written.Value))
            || Facts.Keys.Any(Is)
            || Counts.Keys.Any(key => Is(key.Target))
            || Units.Any(unit => Is(unit.Key.Target) || (unit.Value.Paired is { } paired && Is(paired)))
            || Versions.Keys.Any(Is)
            || Unchecked.Keys.Any(Is)
            || MustCheckResults.Any(Is)
            || Escaped.Any(Is)
            || Blurred.Any(Is)
            || Derived.Any(derived => Is(derived.Key) || derived.Value.Any(Is))
            || (ReturnValue is { } returned && Is(returned));
    }

    /// <summary>Every term replaced by <paramref name="replace"/>; counts of what becomes one are added up, facts that become one are dropped.</summary>
    public State Rename(Func<Term, Term?> replace) => this with
    {
        Variables = Substituted(Variables, replace),
        Captures = Captures.Select(pair => new KeyValuePair<CaptureId, CapturedValue>(pair.Key, pair.Value with { Term = pair.Value.Term.Substitute(replace) })).ToMap(),
        Heap = Substituted(RenameKeys(Heap, replace, static (_, later) => later), replace),
        Versions = RenameKeys(Versions, replace, static (_, later) => later),
        Facts = RenameKeys(Facts, replace, static (first, second) => first.And(second) ?? first),
        Unchecked = RenameKeys(Unchecked, replace, static (first, _) => first),
        MustCheckResults = [.. MustCheckResults.Select(result => result.Substitute(replace))],
        Counts = RenameCounts(replace),
        Units = RenameUnits(replace),
        Escaped = [.. Escaped.Select(term => term.Substitute(replace))],
        Derived = RenameKeys(Derived, replace, static (_, later) => later)
            .Select(pair => new KeyValuePair<Term, ImmutableArray<Term>>(pair.Key, ImmutableArray.CreateRange(pair.Value, term => term.Substitute(replace)))).ToMap(),
        Blurred = [.. Blurred.Select(term => term.Substitute(replace))],
        ReturnValue = ReturnValue?.Substitute(replace),
    };

    public bool Equals(State? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && CountsLike(other)
            && Escaped.SetEquals(other.Escaped)
            && ReferenceEquals(Epoch, other.Epoch)
            && Variables.Equals(other.Variables)
            && Captures.Equals(other.Captures)
            && Heap.Equals(other.Heap)
            && Versions.Equals(other.Versions)
            && Facts.Equals(other.Facts)
            && Blurred.SetEquals(other.Blurred)
            && MustCheckResults.SetEquals(other.MustCheckResults));

    /// <summary>Whether the two paths differ in nothing that a count depends on: they may differ in what else they know.</summary>
    public bool HoldsSameUnits(State other) =>
        CountsLike(other) && Units.Keys.All(key => Escaped.Contains(key.Target) == other.Escaped.Contains(key.Target) && IsHeldAlike(key.Target, other));

    /// <summary>Whether both have counted the same and leave in the same way.</summary>
    private bool CountsLike(State other) =>
        CountsUnknown == other.CountsUnknown
        && IsMerged == other.IsMerged
        && AfterUnseenThrow == other.AfterUnseenThrow
        && ThrownByCallee == other.ThrownByCallee
        && ReferenceEquals(ReturnSite, other.ReturnSite)
        && Equals(ReturnValue, other.ReturnValue)
        && Counts.Equals(other.Counts)
        && Units.Equals(other.Units)
        && LoopDisjuncts.Equals(other.LoopDisjuncts)
        && Unchecked.Equals(other.Unchecked)
        && Pending.SequenceEqual(other.Pending);

    /// <summary>Whether the same variables hold the value.</summary>
    private bool IsHeldAlike(Term value, State other) => Holds(this, other, value) && Holds(other, this, value);

    private static bool Holds(State state, State other, Term value)
    {
        foreach (var variable in state.Variables)
        {
            if (variable.Value.Equals(value) && !(other.Variables.TryGetValue(variable.Key, out var held) && held.Equals(value)))
            {
                return false;
            }
        }

        return true;
    }

    public override int GetHashCode() => unchecked(
        Variables.GetHashCode() + (Counts.GetHashCode() * 3) + (Facts.GetHashCode() * 5) + (Heap.GetHashCode() * 7) + (Units.GetHashCode() * 11) + (Captures.Count * 41) + Pending.Count);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var pair in Counts.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
        {
            text.Append(pair.Key).Append(": ").Append(pair.Value).AppendLine();
        }

        foreach (var pair in Facts.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
        {
            text.Append(pair.Key).Append(' ').Append(pair.Value).AppendLine();
        }

        return text.ToString();
    }

    private static Map<TKey, Term> Substituted<TKey>(Map<TKey, Term> map, Func<Term, Term?> replace)
        where TKey : notnull =>
        map.Select(pair => new KeyValuePair<TKey, Term>(pair.Key, pair.Value.Substitute(replace))).ToMap();

    private static Map<Term, TValue> RenameKeys<TValue>(
        Map<Term, TValue> map, Func<Term, Term?> replace, Func<TValue, TValue, TValue> combine)
    {
        var renamed = new Dictionary<Term, TValue>();
        foreach (var pair in map)
        {
            var key = pair.Key.Substitute(replace);
            renamed[key] = renamed.TryGetValue(key, out var present) ? combine(present, pair.Value) : pair.Value;
        }

        return renamed.ToMap();
    }

    private Map<CountKey, Unit> RenameUnits(Func<Term, Term?> replace)
    {
        var renamed = new Dictionary<CountKey, Unit>();
        foreach (var pair in Units)
        {
            renamed[pair.Key with { Target = pair.Key.Target.Substitute(replace) }] = pair.Value with { Paired = pair.Value.Paired?.Substitute(replace) };
        }

        return renamed.ToMap();
    }

    private Map<CountKey, Count> RenameCounts(Func<Term, Term?> replace)
    {
        var renamed = new Dictionary<CountKey, Count>();
        foreach (var pair in Counts)
        {
            var key = pair.Key with { Target = pair.Key.Target.Substitute(replace) };
            renamed[key] = renamed.TryGetValue(key, out var present) ? present.Add(pair.Value) : pair.Value;
        }

        return renamed.ToMap();
    }
}
