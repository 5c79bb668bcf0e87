using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Flow;

/// <summary>Calls of members with a protocol.</summary>
internal sealed partial class Evaluator
{
    private const string AwaitName = "await";
    private const string ElementName = "element";

    /// <summary>A call of a member with effects, as seen by one path.</summary>
    private readonly record struct ProtocolCall(IMethodSymbol Method, Term? Receiver, ImmutableArray<Term> Arguments, Term Result, IOperation Operation);

    private ImmutableArray<Evaluated> ApplyProtocol(IMethodSymbol method, MemberProtocol protocol, Term? receiver, ImmutableArray<Term> arguments, IOperation operation, State state)
    {
        var result = AliasOf(protocol, receiver, arguments) ?? (method.MethodKind == MethodKind.Constructor && receiver is not null ? receiver : Fresh(ref state, operation.Syntax, ResultLabel));
        var effects = protocol.Effects.Where(effect => IsPresent(effect, arguments)).ToImmutableArray();
        var call = new ProtocolCall(method, receiver, arguments, result, operation);
        state = ProvideReferences(effects, call, state);
        TouchAll(method, arguments, operation, state, ordinal => !effects.Any(effect => effect is { Target: EffectTarget.Argument, Kind: not EffectKind.Borrow } && effect.Ordinal == ordinal));
        ThrowBefore(protocol, effects, call, state);
        if (protocol.MustCheck || effects.Any(TellsByResultAlone))
        {
            state = state.AddMustCheck(AwaitedIf(effects.Any(effect => effect.IsAwaited), result), operation.Syntax);
        }

        IEnumerable<State> paths = [Apply(effects.Where(effect => effect.When == Outcome.Always), call, state)];
        foreach (var outcome in effects.Where(effect => effect.When != Outcome.Always).GroupBy(effect => (effect.When, effect.WhenConstant, effect.WhenOrdinal, effect.IsAwaited)))
        {
            paths = paths.SelectMany(path => Split(path, [.. outcome], call)).ToArray();
        }

        return [.. paths.Select(path => new Evaluated(PassKept(method, arguments, path, ordinal => !effects.Any(effect => effect.Target == EffectTarget.Argument && effect.Ordinal == ordinal)), result))];
    }

    /// <summary>The object that the result stands for.</summary>
    private static Term? AliasOf(MemberProtocol protocol, Term? receiver, ImmutableArray<Term> arguments) => protocol.AliasOrdinal switch
    {
        null => null,
        MemberProtocol.AliasOfReceiver => AwaitedIf(protocol.AliasIsAwaited, receiver ?? Term.Null),
        { } ordinal => AwaitedIf(protocol.AliasIsAwaited, ordinal < arguments.Length ? arguments[ordinal] : Term.Null),
    };

    /// <summary>The protocol of a method as the static type of the object shows it that it is called on.</summary>
    private MemberProtocol ProtocolOf(IMethodSymbol method, IOperation call) => Protocols.Get(method, OwnTypeOf((call as IInvocationOperation)?.Instance));

    /// <summary>Whether the returned value says nothing but whether the unit was taken.</summary>
    private static bool TellsByResultAlone(Effect effect) =>
        effect is { Kind: EffectKind.Acquire, WhenOrdinal: null, OtherwiseThrows: false, Target: not EffectTarget.Return } && effect.When != Outcome.Always;

    private static bool IsPresent(Effect effect, ImmutableArray<Term> arguments) =>
        effect.Applies(ordinal => ordinal < arguments.Length && arguments[ordinal] is { Kind: TermKind.Constant } argument ? NumberOf(argument) : null);

    private static long NumberOf(Term constant) => constant.Data switch
    {
        long number => number,
        true => 1,
        _ => 0,
    };

    /// <summary>What the call leaves in parameters by reference that its effects speak of.</summary>
    private static State ProvideReferences(ImmutableArray<Effect> effects, ProtocolCall call, State state)
    {
        var ordinals = effects.Where(effect => effect.Target == EffectTarget.Argument).Select(effect => effect.Ordinal)
            .Concat(effects.Select(effect => effect.WhenOrdinal).OfType<int>())
            .Distinct();
        foreach (var parameter in ordinals.Where(ordinal => ordinal < call.Method.Parameters.Length).Select(ordinal => call.Method.Parameters[ordinal]).Where(IsWritten))
        {
            state = state with { Heap = state.Heap.SetItem(ByReference(call.Operation, parameter), Term.Fresh(call.Operation.Syntax, parameter.Name)) };
        }

        return state;
    }

    private static bool IsWritten(IParameterSymbol parameter) => parameter.RefKind is RefKind.Out or RefKind.Ref;

    /// <summary>The call may throw before it has taken anything.</summary>
    private void ThrowBefore(MemberProtocol protocol, ImmutableArray<Effect> effects, ProtocolCall call, State state)
    {
        if (Protocols.ThrowsNothing(call.Method, protocol) || effects.All(effect => effect.Kind is EffectKind.Release or EffectKind.Pin or EffectKind.Use) || IsSeenNotToThrow(call.Method))
        {
            return;
        }

        var thrown = state with { AfterUnseenThrow = true };
        foreach (var effect in effects.Where(effect => effect is { Kind: EffectKind.Acquire, Target: EffectTarget.Receiver or EffectTarget.Argument }))
        {
            if (!IsHandedOut(effect, call.Method) && TargetOf(effect, call, state) is { IsNull: false } target)
            {
                thrown = _ledger.Throw(thrown, new CountKey(effect.Resource, target), call.Operation.Syntax);
            }
        }

        OnThrow(thrown, call.Operation.Syntax);
    }

    private bool IsSeenNotToThrow(IMethodSymbol method) =>
        IsDeclaredInSource(method) && !ProtocolBinder.IsNative(method) && (method.IsImplicitlyDeclared || _functions.ResultOf(method, _depth) is { IsUnknown: false } result && result.Exits.All(exit => !exit.Throws));

    private IEnumerable<State> Split(State state, ImmutableArray<Effect> effects, ProtocolCall call)
    {
        var like = effects[0];
        var teller = like.WhenOrdinal is { } ordinal ? ByReferenceOrArgument(ordinal, call, state) : AwaitedIf(like.IsAwaited, call.Result);
        if (AssumeOutcome(state, teller, like, holds: true) is { } happens)
        {
            yield return Apply(effects, call, happens);
        }

        if (!like.OtherwiseThrows && AssumeOutcome(state, teller, like, holds: false) is { } fails)
        {
            yield return effects.Where(effect => effect.Kind == EffectKind.Acquire).Aggregate(fails, (current, effect) =>
                TargetOf(effect, call, current) is { IsNull: false } target
                    ? _ledger.Fail(current, new CountKey(effect.Resource, target), call.Operation.Syntax, IsHandedOut(effect, call.Method))
                    : current);
        }
    }

    private static State? AssumeOutcome(State state, Term teller, Effect effect, bool holds) => effect.When switch
    {
        Outcome.True => Conditions.Assume(state, Conditions.AreEqual(teller, Term.True), holds),
        Outcome.False => Conditions.Assume(state, Conditions.AreEqual(teller, Term.False), holds),
        Outcome.Zero => Conditions.Assume(state, Conditions.AreEqual(teller, Term.Constant(0)), holds),
        Outcome.NonZero => Conditions.Assume(state, Conditions.AreEqual(teller, Term.Constant(0)), !holds),
        Outcome.Null => Conditions.Assume(state, Conditions.AreEqual(teller, Term.Null), holds),
        Outcome.NonNull => Conditions.Assume(state, Conditions.AreEqual(teller, Term.Null), !holds),
        Outcome.Negative => Conditions.Assume(state, Conditions.Binary(BinaryOperatorKind.LessThan, teller, Term.Constant(0)), holds),
        Outcome.NonNegative => Conditions.Assume(state, Conditions.Binary(BinaryOperatorKind.LessThan, teller, Term.Constant(0)), !holds),
        Outcome.Is => Conditions.Assume(state, Conditions.AreEqual(teller, Term.Constant(effect.WhenConstant)), holds),
        Outcome.IsNot => Conditions.Assume(state, Conditions.AreEqual(teller, Term.Constant(effect.WhenConstant)), !holds),
        _ => holds ? state : null,
    };

    private State Apply(IEnumerable<Effect> effects, ProtocolCall call, State state)
    {
        var site = call.Operation.Syntax;
        var released = effects.Where(effect => effect.Kind == EffectKind.Release).ToLookup(effect => (effect.Target, effect.Ordinal, effect.Element));
        foreach (var group in released)
        {
            if (TargetOf(group.First(), call, state) is { IsNull: false } target)
            {
                state = _ledger.Release(state, [.. group.Select(effect => new CountKey(effect.Resource, target))], site, PairOf(group.First(), call));
            }
        }

        foreach (var effect in effects.Where(effect => effect.Kind != EffectKind.Release))
        {
            if (TargetOf(effect, call, state) is { IsNull: false } target)
            {
                state = Apply(effect, new CountKey(effect.Resource, target), call, state);
            }
        }

        return state;
    }

    private State Apply(Effect effect, CountKey key, ProtocolCall call, State state)
    {
        var site = call.Operation.Syntax;
        switch (effect.Kind)
        {
            case EffectKind.Acquire:
                return _ledger.Acquire(state, key, site, IsHandedOut(effect, call.Method), PairOf(effect, call));
            case EffectKind.Transfer:
                return state.AddCount(key, -1).AddStep(TrailKind.Transferred, site, key);
            case EffectKind.Pin:
                return state with { Counts = state.Counts.SetItem(key, Count.Unknown) };
            case EffectKind.Borrow:
                return call.Operation is IInvocationOperation && !MayCarry(call.Method) ? state : Escape.Derive(state, call.Result, [key.Target]);
            case EffectKind.Use:
                _ledger.Use(state, key, site);
                return state;
            default:
                return state;
        }
    }

    /// <summary>Whether the unit comes with a value that the call hands out, rather than on an object that was there before.</summary>
    private static bool IsHandedOut(Effect effect, IMethodSymbol method) =>
        effect.Target == EffectTarget.Return
        || (effect.Target == EffectTarget.Argument && effect.Ordinal < method.Parameters.Length && IsWritten(method.Parameters[effect.Ordinal]));

    private static Term? TargetOf(Effect effect, ProtocolCall call, State state)
    {
        var target = effect.Target switch
        {
            EffectTarget.Receiver => call.Receiver,
            EffectTarget.Return => AwaitedIf(effect.IsAwaited, call.Result),
            EffectTarget.Argument => ByReferenceOrArgument(effect.Ordinal, call, state),
            _ => null,
        };
        return target is not null && effect.Element is { } element ? ElementOf(target, element) : target;
    }

    private static Term ByReferenceOrArgument(int ordinal, ProtocolCall call, State state) =>
        ordinal < call.Method.Parameters.Length && state.Heap.TryGetValue(ByReference(call.Operation, call.Method.Parameters[ordinal]), out var written) ? written
        : ordinal < call.Arguments.Length ? call.Arguments[ordinal]
        : Term.Null;

    private static Term? PairOf(Effect effect, ProtocolCall call) =>
        effect.PairedOrdinal is { } ordinal && ordinal < call.Arguments.Length ? call.Arguments[ordinal] : null;

    private static Term AwaitedIf(bool isAwaited, Term result) => isAwaited ? Awaited(result) : result;

    /// <summary>What awaiting gives: for a task that a function of this compilation returns, what it returned.</summary>
    private static Term Awaited(Term task) => task is { Kind: TermKind.Operation, Data: Term.TaskName } ? task.Operands[0] : Term.Operation(AwaitName, task);

    private static Term ElementOf(Term tuple, int element) =>
        tuple is { Kind: TermKind.Operation, Data: Term.TupleName } && element < tuple.Operands.Length ? tuple.Operands[element] : Term.Operation(ElementName, tuple, Term.Constant(element));
}
