using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MmapAnalyzers.Flow;

/// <summary>Carries the exits of a callee over to the caller's path.</summary>
internal sealed partial class Evaluator
{
    private const int MaxContext = 4;

    private IEnumerable<Evaluated> ApplySummary(IMethodSymbol callee, Term? receiver, ImmutableArray<Term> arguments, IOperation call, State state)
    {
        var result = _functions.ResultOf(callee, _depth);
        if (result.IsUnknownToCallers || result.Outcomes.Length > Budget.OutcomesPerSummary)
        {
            return EvaluateUnknownCall(call, receiver, arguments, state);
        }

        // Makes place for the values that a second round of a loop makes anew.
        _ = Fresh(ref state, call.Syntax, ResultLabel);
        var outcomes = new List<Evaluated>();
        foreach (var exit in result.Outcomes)
        {
            if (ApplyExit(exit, callee, receiver, arguments, call, state) is not { } after)
            {
                continue;
            }

            if (exit.Throws)
            {
                OnThrow(IsRefusal(exit.Final) ? after.State with { AfterUnseenThrow = true } : after.State with { ThrownByCallee = true }, call.Syntax);
            }
            else
            {
                outcomes.Add(MustCheckHere(callee, result, after, call));
            }
        }

        return outcomes;
    }

    /// <summary>Whether the callee throws before it has done anything: it refuses its arguments, and nobody who passes good ones has to expect that.</summary>
    private static bool IsRefusal(State thrown) =>
        thrown.Epoch is null && !thrown.CountsUnknown && thrown.Heap.IsEmpty && thrown.Versions.IsEmpty && thrown.Counts.IsEmpty && thrown.Units.IsEmpty;

    /// <summary>A helper whose result tells apart whether a result that must be checked was good hands the duty on to its caller.</summary>
    private static Evaluated MustCheckHere(IMethodSymbol callee, FunctionResult result, Evaluated after, IOperation call) =>
        !callee.ReturnsVoid && result.ReturnTellsResult && after.Term.Kind == TermKind.Constant && call is IInvocationOperation
            ? ReturnAsResult(after, call)
            : after;

    private static Evaluated ReturnAsResult(Evaluated after, IOperation call)
    {
        var result = Term.Fresh(call.Syntax, ResultLabel);
        return after.State.Constrain(result, Constraint.Is(after.Term)) is { } state
            ? new Evaluated(state.AddMustCheck(result, call.Syntax), result)
            : after;
    }

    private Evaluated? ApplyExit(Exit exit, IMethodSymbol callee, Term? receiver, ImmutableArray<Term> arguments, IOperation call, State state)
    {
        var final = exit.Final;
        var translated = new Dictionary<Term, Term?>();
        Term? Translate(Term term)
        {
            if (!translated.TryGetValue(term, out var known))
            {
                translated[term] = known = TranslateToCaller(term, callee, receiver, arguments, call, state);
            }

            return known;
        }

        State? after = state with
        {
            CountsUnknown = state.CountsUnknown || final.CountsUnknown,
            IsMerged = state.IsMerged || final.IsMerged,
            AfterUnseenThrow = state.AfterUnseenThrow || final.AfterUnseenThrow,
        };
        foreach (var fact in final.Facts)
        {
            after = after is null ? null : ConstrainTranslated(after, fact.Key.Substitute(Translate), fact.Value);
        }

        if (after is null)
        {
            return null;
        }

        after = ApplyHeap(final, Translate, call, after);
        after = ApplyCounts(final, Translate, call, after);
        after = ApplyVariables(final, callee, Translate, call, after);
        after = ApplyEscapes(final, Translate, after);
        var returned = (final.ReturnValue ?? Term.Null).Substitute(Translate);
        if (callee.IsAsync && !callee.ReturnsVoid)
        {
            returned = Term.Operation(Term.TaskName, returned);
        }

        foreach (var outstanding in final.MustCheckResults.Where(result => final.ReturnValue is { } value && value.Any(result.Equals)))
        {
            after = after.AddMustCheck(outstanding.Substitute(Translate), call.Syntax);
        }

        if (returned.IsTooDeep)
        {
            returned = Fresh(ref after, call.Syntax, ResultLabel);
        }

        return new Evaluated(after, returned);
    }

    /// <summary>What the callee learned about its argument the caller may know to be otherwise: then this exit is not taken.</summary>
    private static State? ConstrainTranslated(State state, Term term, Constraint constraint)
    {
        if (term.IsTooDeep)
        {
            return state;
        }

        if (constraint.EqualTo is { } equal)
        {
            return Simplify(term) is { } condition ? Conditions.Assume(state, Conditions.AreEqual(condition, equal), true) : state.Constrain(term, constraint);
        }

        State? after = state;
        foreach (var different in constraint.DifferentFrom)
        {
            after = after is null ? null : Conditions.Assume(after, Conditions.AreEqual(Simplify(term) ?? term, different), false);
        }

        return after;
    }

    /// <summary>An operation whose operands have become constants, computed.</summary>
    private static Term? Simplify(Term term) => term.Kind != TermKind.Operation || term.Operands.Length != 2
        ? null
        : term.Data switch
        {
            Conditions.EqualsName => Conditions.AreEqual(term.Operands[0], term.Operands[1]),
            Conditions.LessName => Conditions.Binary(BinaryOperatorKind.LessThan, term.Operands[0], term.Operands[1]),
            nameof(BinaryOperatorKind.And) => Conditions.Binary(BinaryOperatorKind.And, term.Operands[0], term.Operands[1]),
            nameof(BinaryOperatorKind.Add) => Conditions.Binary(BinaryOperatorKind.Add, term.Operands[0], term.Operands[1]),
            nameof(BinaryOperatorKind.Subtract) => Conditions.Binary(BinaryOperatorKind.Subtract, term.Operands[0], term.Operands[1]),
            _ => null,
        };

    private static State ApplyHeap(State final, Func<Term, Term?> translate, IOperation call, State state)
    {
        if (final.Epoch is not null)
        {
            state = Escape.OfPlaces(state, state.Heap.Keys) with { Heap = State.Entry.Heap, Versions = State.Entry.Versions, Epoch = call.Syntax };
        }

        var heap = state.Heap;
        var versions = state.Versions;
        foreach (var container in final.Versions.Keys)
        {
            versions = versions.SetItem(container.Substitute(translate), call.Syntax);
        }

        foreach (var written in final.Heap)
        {
            var location = TranslateLocation(written.Key, translate);
            var value = written.Value.Substitute(translate);
            heap = location.IsTooDeep ? heap : heap.SetItem(location, value.IsTooDeep ? Term.Fresh(call.Syntax, "deep") : value);
        }

        return state with { Heap = heap, Versions = versions };
    }

    private static CountKey TranslateKey(CountKey key, Func<Term, Term?> translate) =>
        key with { Target = key.IsCounter ? TranslateLocation(key.Target, translate) : key.Target.Substitute(translate) };

    /// <summary>The same place on the caller's objects; what the place holds does not matter.</summary>
    private static Term TranslateLocation(Term location, Func<Term, Term?> translate)
    {
        var operands = ImmutableArray.CreateRange(location.Operands, operand => operand.Substitute(translate));
        return location.Data is "static" ? Term.Member(null, location.Symbol, operands, null) : Term.Member(operands[0], location.Symbol, operands.RemoveAt(0), null);
    }

    /// <summary>Variables of an enclosing function that a lambda or local function wrote, and parameters by reference.</summary>
    private static State ApplyVariables(State final, IMethodSymbol callee, Func<Term, Term?> translate, IOperation call, State state)
    {
        foreach (var written in final.Variables)
        {
            if (!SymbolEqualityComparer.Default.Equals(written.Key.ContainingSymbol, callee))
            {
                state = state with { Variables = state.Variables.SetItem(written.Key, written.Value.Substitute(translate)) };
            }
            else if (written.Key is IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref } parameter)
            {
                state = state with { Heap = state.Heap.SetItem(ByReference(call, parameter), written.Value.Substitute(translate)) };
            }
        }

        return state;
    }

    private Term? TranslateToCaller(Term term, IMethodSymbol callee, Term? receiver, ImmutableArray<Term> arguments, IOperation call, State state)
    {
        switch (term.Kind)
        {
            case TermKind.This:
                return callee.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction ? Term.This : receiver ?? term;
            case TermKind.Parameter when term.Symbol is IParameterSymbol parameter && parameter.Ordinal < arguments.Length:
                return arguments[parameter.Ordinal];
            case TermKind.Captured:
                return state.Variables.TryGetValue(term.Symbol!, out var value) ? value
                    : IsOwn(term.Symbol!) && term.Symbol is IParameterSymbol own ? Term.Parameter(own)
                    : term;
            case TermKind.Fresh:
                var context = term.Operands.Length < MaxContext ? term.Operands.Add(Term.Fresh(call.Syntax, "in")) : term.Operands;
                return Term.Fresh(term.Site!, (string)term.Data!, context);
            case TermKind.Member when term.Site is null:
                return TranslateMember(term, callee, receiver, arguments, call, state);
            default:
                return null;
        }
    }

    /// <summary>A member as it was at the callee's entry is the member as the caller knows it.</summary>
    private Term TranslateMember(Term member, IMethodSymbol callee, Term? receiver, ImmutableArray<Term> arguments, IOperation call, State state)
    {
        var operands = member.Operands.Select(operand => operand.Substitute(part => TranslateToCaller(part, callee, receiver, arguments, call, state))).ToImmutableArray();
        var location = member.Data is "static" ? Term.Member(null, member.Symbol, operands, null) : Term.Member(operands[0], member.Symbol, operands.RemoveAt(0), null);
        return Read(state, location);
    }
}
