using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Flow;

/// <summary>Calls: by protocol where there is one, by summary where there is a body, by caution elsewhere.</summary>
internal sealed partial class Evaluator
{
    private const string NewLabel = "new";
    private const string ResultLabel = "result";

    private ImmutableArray<Evaluated> Invoke(IInvocationOperation invocation, State state)
    {
        var arguments = invocation.Arguments.OrderBy(argument => argument.Parameter?.Ordinal ?? int.MaxValue).ToArray();
        IEnumerable<IOperation?> operands = arguments.Select(argument => argument.Value);
        if (invocation.Instance is not null)
        {
            operands = operands.Prepend(invocation.Instance);
        }

        return [.. EvaluateAllUsed(operands, state).SelectMany(path =>
        {
            var receiver = invocation.Instance is null ? null : path.Terms[0];
            var terms = receiver is null ? path.Terms : path.Terms.RemoveAt(0);
            var results = invocation.TargetMethod.MethodKind == MethodKind.DelegateInvoke
                ? InvokeDelegate(receiver, terms, invocation, path.State)
                : InvokeMethod(invocation, receiver, terms, path.State);
            return results.Select(result => result with { State = StoreByReference(arguments, result.State, invocation) });
        })];
    }

    private ImmutableArray<Evaluated> InvokeMethod(IInvocationOperation invocation, Term? receiver, ImmutableArray<Term> arguments, State state)
    {
        var method = invocation.TargetMethod;
        if (invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0) is { Value: var counter }
            && AtomicCounters.Units(method, arguments.Length > 1 ? arguments[1].Data as long? : null) is { } units)
        {
            return CountAtomically(counter, invocation.Syntax, arguments, units, state);
        }

        var isBaseCall = invocation.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax };
        return Call(method, receiver, arguments, isBaseCall || IsExact(invocation.Instance), invocation, state);
    }

    private ImmutableArray<Evaluated> CountAtomically(IOperation target, SyntaxNode site, ImmutableArray<Term> arguments, int units, State state)
    {
        var result = Conditions.Binary(BinaryOperatorKind.Add, arguments[0], Term.Constant(units));
        return [.. Store(target, AddToCounter(target, state, units, site), result, site, isWhole: false).Select(after => new Evaluated(after, result))];
    }

    /// <summary>Whether the receiver's type at run time is known, so that the call does not dispatch.</summary>
    private static bool IsExact(IOperation? instance) => instance?.Type is { IsSealed: true } or { IsValueType: true };

    private ImmutableArray<Evaluated> InvokeDelegate(Term? callee, ImmutableArray<Term> arguments, IInvocationOperation invocation, State state) =>
        callee is { Kind: TermKind.Function, Symbol: IMethodSymbol method }
            ? Call(method, callee.Operands.FirstOrDefault(), arguments, exact: false, invocation, state)
            : EvaluateUnknownCall(invocation, state);

    private ImmutableArray<Evaluated> EvaluateUnknownCall(IOperation call, State state)
    {
        OnThrow(state with { AfterUnseenThrow = true });
        var after = Forget(state, call.Syntax);
        var result = Fresh(ref after, call.Syntax, ResultLabel);
        return One(after, result);
    }

    private ImmutableArray<Evaluated> Create(IObjectCreationOperation creation, State state)
    {
        var arguments = creation.Arguments.OrderBy(argument => argument.Parameter?.Ordinal ?? int.MaxValue).Select(argument => argument.Value);
        return [.. EvaluateAllUsed(arguments, state).SelectMany(path =>
        {
            var after = path.State;
            if (creation.Type is { IsValueType: true } type && path.Terms.Length <= 1 && HasNullValue(type))
            {
                return One(after, path.Terms is [{ IsZero: false } number] ? number : Term.Null);
            }

            var created = Fresh(ref after, creation.Syntax, NewLabel);
            return creation.Constructor is { IsImplicitlyDeclared: false } constructor
                ? Call(constructor, created, path.Terms, exact: true, creation, after).Select(_ => created)
                : One(after, created);
        })];
    }

    private bool HasNullValue(ITypeSymbol type) => type.GetMembers().Any(member => member.IsStatic && member is IPropertySymbol or IFieldSymbol && Protocols.Get(member).IsNullValue);

    /// <summary>Runs a method, accessor, constructor or lambda.</summary>
    private ImmutableArray<Evaluated> Call(IMethodSymbol method, Term? receiver, ImmutableArray<Term> arguments, bool exact, IOperation call, State state)
    {
        var protocol = Protocols.Get(method);
        if (protocol.AliasOrdinal is { } ordinal)
        {
            return One(state, ordinal == MemberProtocol.AliasOfReceiver ? receiver ?? Term.Null : ordinal < arguments.Length ? arguments[ordinal] : Term.Null);
        }

        if (protocol.OnlyLooks)
        {
            OnThrow(state with { AfterUnseenThrow = true });
            var looked = Term.Call(method.OriginalDefinition, receiver is null ? arguments : arguments.Insert(0, receiver));
            return One(state, looked.IsTooDeep ? Fresh(ref state, call.Syntax, ResultLabel) : looked);
        }

        if (!protocol.Effects.IsEmpty)
        {
            return ApplyProtocol(protocol, receiver, arguments, call, state);
        }

        var targets = _functions.Targets.Of(method, exact);
        var results = targets.IsEmpty || !targets.All(target => SymbolEqualityComparer.Default.Equals(target.ContainingAssembly, _functions.Compilation.Assembly))
            ? CallOutside(method, receiver, arguments, call, state)
            : ImmutableArray.CreateRange(targets.SelectMany(target => Dispatch(target, targets.Length, receiver, state) is { } dispatched
                ? ApplySummary(target, receiver, arguments, call, dispatched)
                : []).Distinct());
        return protocol.MustCheck
            ? [.. results.Select(result => result.Term.Kind == TermKind.Constant ? ReturnAsResult(result, call) : result with { State = result.State.AddMustCheck(result.Term, call.Syntax) })]
            : results;
    }

    /// <summary>A call that may run one of several bodies tells what the receiver is: two calls on one object run the bodies of one type.</summary>
    private static State? Dispatch(IMethodSymbol target, int targets, Term? receiver, State state) =>
        targets == 1 || receiver is null
            ? state
            : state.Constrain(Term.Operation("typeof", receiver), Constraint.Is(Term.Constant(target.ContainingType.ToDisplayString())));

    private ImmutableArray<Evaluated> ApplyProtocol(MemberProtocol protocol, Term? receiver, ImmutableArray<Term> arguments, IOperation call, State state)
    {
        var result = Fresh(ref state, call.Syntax, ResultLabel);
        if (protocol.MustCheck)
        {
            state = state.AddMustCheck(result, call.Syntax);
        }

        var conditional = protocol.Effects.FirstOrDefault(effect => effect.When != Outcome.Always)?.When;
        var always = Apply(protocol.Effects.Where(effect => effect.When == Outcome.Always), receiver, arguments, result, call, state);
        if (conditional is not { } outcome)
        {
            return One(always, result);
        }

        var happens = AssumeOutcome(always, result, outcome, true);
        var fails = AssumeOutcome(always, result, outcome, false);
        var paths = ImmutableArray.CreateBuilder<Evaluated>(2);
        if (happens is not null)
        {
            paths.Add(new Evaluated(Apply(protocol.Effects.Where(effect => effect.When == outcome), receiver, arguments, result, call, happens), result));
        }

        if (fails is not null)
        {
            paths.Add(new Evaluated(fails, result));
        }

        return paths.ToImmutable();
    }

    private static State? AssumeOutcome(State state, Term result, Outcome outcome, bool holds) => outcome switch
    {
        Outcome.True => Conditions.Assume(state, Conditions.AreEqual(result, Term.True), holds),
        Outcome.False => Conditions.Assume(state, Conditions.AreEqual(result, Term.False), holds),
        Outcome.Zero => Conditions.Assume(state, Conditions.AreEqual(result, Term.Constant(0)), holds),
        Outcome.NonZero => Conditions.Assume(state, Conditions.AreEqual(result, Term.Constant(0)), !holds),
        Outcome.NonNull => Conditions.Assume(state, Conditions.AreEqual(result, Term.Null), !holds),
        _ => holds ? state : null,
    };

    private static State Apply(IEnumerable<Effect> effects, Term? receiver, ImmutableArray<Term> arguments, Term result, IOperation call, State state)
    {
        foreach (var effect in effects)
        {
            var target = effect.Target switch
            {
                EffectTarget.Receiver => receiver,
                EffectTarget.Return => result,
                EffectTarget.Argument => effect.Ordinal < arguments.Length ? arguments[effect.Ordinal] : null,
                _ => null,
            };
            if (target is null || target.IsNull)
            {
                continue;
            }

            var key = new CountKey(effect.Resource, target);
            state = effect.Kind switch
            {
                EffectKind.Acquire => state.AddCount(key, 1).AddStep(TrailKind.Acquired, call.Syntax, key),
                EffectKind.Release => state.AddCount(key, -1).AddStep(TrailKind.Released, call.Syntax, key),
                EffectKind.Transfer => state.AddCount(key, -1).AddStep(TrailKind.Transferred, call.Syntax, key),
                EffectKind.Pin => state with { Counts = state.Counts.SetItem(key, Count.Unknown) },
                _ => state,
            };
        }

        return state;
    }

    /// <summary>
    /// A body out of sight. What is declared beside the protocols says what it counts, and what knows no protocol cannot count by itself;
    /// it may still run a function it is handed, and write to objects it is handed.
    /// </summary>
    private ImmutableArray<Evaluated> CallOutside(IMethodSymbol method, Term? receiver, ImmutableArray<Term> arguments, IOperation call, State state)
    {
        OnThrow(state with { AfterUnseenThrow = true });
        var inSource = SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _functions.Compilation.Assembly);
        if (inSource || Protocols.MayCountSilently(method.ContainingAssembly) || arguments.Any(RunsSomethingThatCounts))
        {
            return EvaluateUnknownCall(call, state);
        }

        var versions = state.Versions;
        var heap = state.Heap;
        foreach (var container in (receiver is null ? arguments : arguments.Add(receiver)).Where(term => term.Kind is not TermKind.Constant && !term.Equals(Term.This)))
        {
            versions = versions.SetItem(container, call.Syntax);
            heap = heap.RemoveRange(heap.Keys.Where(location => location.Data is "instance" && location.Operands[0].Equals(container) && !IsDeclaredInSource(location.Symbol)));
        }

        var after = state with { Versions = versions, Heap = heap };
        var result = Fresh(ref after, call.Syntax, ResultLabel);
        return One(after, result);
    }

    private bool IsDeclaredInSource(ISymbol? member) => member is not null && SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _functions.Compilation.Assembly);

    private bool RunsSomethingThatCounts(Term argument) =>
        argument is { Kind: TermKind.Function, Symbol: IMethodSymbol function }
        && (!Protocols.Get(function).Effects.IsEmpty || (IsDeclaredInSource(function) && _functions.ResultOf(function, _depth).MayCount));

    private State StoreByReference(IArgumentOperation[] arguments, State state, IOperation call)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref && (argument.Parameter.ContainingSymbol is not IMethodSymbol called || AtomicCounters.Units(called, 1) is null))
            {
                var value = state.Heap.TryGetValue(ByReference(call, argument.Parameter), out var passed) ? passed : Fresh(ref state, argument.Syntax, argument.Parameter.Name);
                state = Store(argument.Value, state, value, argument.Syntax, isWhole: true).FirstOrDefault() ?? state;
            }
        }

        return state;
    }

    /// <summary>The place that holds what a callee left in a parameter by reference, until the caller has stored it.</summary>
    private static Term ByReference(IOperation call, IParameterSymbol parameter) =>
        Term.Member(Term.Fresh(call.Syntax, "by reference"), parameter, [], null);
}
