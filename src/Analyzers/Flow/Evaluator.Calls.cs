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

        method = Devirtualize(method, invocation.Instance);
        var isBaseCall = invocation.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax };
        return Call(method, receiver, arguments, isBaseCall || IsExact(invocation.Instance), invocation, state);
    }

    /// <summary>The implementation that a call through an interface runs where the object's own type is known to the compiler.</summary>
    private static IMethodSymbol Devirtualize(IMethodSymbol method, IOperation? instance)
    {
        return method.ContainingType.TypeKind == TypeKind.Interface && OwnTypeOf(instance) is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type
            && type.FindImplementationForInterfaceMember(method) is IMethodSymbol implementation
                ? implementation
                : method;
    }

    /// <summary>The type of the object as the source names it, before the compiler converts it for the call.</summary>
    private static ITypeSymbol? OwnTypeOf(IOperation? instance)
    {
        while (instance is IConversionOperation { IsImplicit: true } conversion)
        {
            instance = conversion.Operand;
        }

        return instance?.Type;
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
            : EvaluateUnknownCall(invocation, callee, arguments, state);

    private ImmutableArray<Evaluated> EvaluateUnknownCall(IOperation call, Term? receiver, ImmutableArray<Term> arguments, State state)
    {
        if (!(call is IInvocationOperation { TargetMethod: var called } && Protocols.ThrowsNothing(called, MemberProtocol.None)))
        {
            OnThrow(state with { AfterUnseenThrow = true }, call.Syntax);
        }

        var after = Forget(PassToUnknown(receiver, arguments, state), call.Syntax);
        var result = Fresh(ref after, call.Syntax, ResultLabel);
        return One(after, result);
    }

    /// <summary>Native code by its address: like an import of which nothing is known.</summary>
    private ImmutableArray<Evaluated> CallNative(IFunctionPointerInvocationOperation call, IMethodSymbol native, State state) =>
        [.. EvaluateAllUsed(call.Arguments.Select(argument => argument.Value), state).SelectMany(path =>
            CallApart(native, MemberProtocol.None with { ThrowsNothing = true }, null, path.Terms, call, path.State))];

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
            if (creation.Constructor is not { } constructor || (constructor.IsImplicitlyDeclared && Protocols.Get(constructor).IsEmpty))
            {
                return One(after, created);
            }

            var results = Call(constructor, created, path.Terms, exact: true, creation, after);
            return Protocols.Get(constructor).AliasOrdinal is null ? results.Select(_ => created) : results;
        })];
    }

    private bool HasNullValue(ITypeSymbol type) => type.GetMembers().Any(member => member.IsStatic && member is IPropertySymbol or IFieldSymbol && Protocols.Get(member).IsNullValue);

    /// <summary>Runs a method, accessor, constructor or lambda.</summary>
    private ImmutableArray<Evaluated> Call(IMethodSymbol method, Term? receiver, ImmutableArray<Term> arguments, bool exact, IOperation call, State state)
    {
        var protocol = ProtocolOf(method, call);
        if (protocol.OnlyLooks && AliasOf(protocol, receiver, arguments) is { } same)
        {
            return One(state, same);
        }

        if (protocol.OnlyLooks)
        {
            OnThrow(state with { AfterUnseenThrow = true }, call.Syntax);
            var looked = Term.Call(method.OriginalDefinition, receiver is null ? arguments : arguments.Insert(0, receiver));
            return One(state, looked.IsTooDeep ? Fresh(ref state, call.Syntax, ResultLabel) : looked);
        }

        state = arguments.Aggregate(state, static (current, argument) => current.HandOn(argument));
        if (!protocol.Effects.IsEmpty && !(protocol.IsInherited && IsDeclaredInSource(method) && !IsHeld(receiver, state)))
        {
            return ApplyProtocol(method, protocol, receiver, arguments, call, state);
        }

        var targets = _functions.Targets.Of(method, exact);
        var holdsUnits = state.Units.Keys.Any(key => state.Counts.TryGetValue(key, out var count) && count.High > 0);
        if (IsDeclaredInSource(method) && !targets.IsEmpty && !targets.Any(target => _functions.MayCount(target, _depth) || (holdsUnits && _functions.MentionsThrow(target)))
            && !IsGivenUnits(receiver, arguments, state))
        {
            return CallApart(method, protocol, receiver, arguments, call, state);
        }

        var results = targets.IsEmpty || !targets.All(target => SymbolEqualityComparer.Default.Equals(target.ContainingAssembly, _functions.Compilation.Assembly))
            ? CallOutside(method, protocol, receiver, arguments, call, state)
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

    /// <summary>
    /// A body out of sight. What is declared beside the protocols says what it counts, and what knows no protocol cannot count by itself;
    /// it may still run a function it is handed, and write to objects it is handed.
    /// </summary>
    private ImmutableArray<Evaluated> CallOutside(IMethodSymbol method, MemberProtocol protocol, Term? receiver, ImmutableArray<Term> arguments, IOperation call, State state)
    {
        var isUnknown = (!ProtocolBinder.IsNative(method) && (IsDeclaredInSource(method) || Protocols.MayCountSilently(method.ContainingAssembly))) || arguments.Any(RunsSomethingThatCounts);
        if (isUnknown)
        {
            return EvaluateUnknownCall(call, receiver, arguments, state);
        }

        return CallApart(method, protocol, receiver, arguments, call, state);
    }

    /// <summary>Whether the callee could do something with what is counted here: with a unit, with an object that holds one, or by a function that it is handed.</summary>
    private static bool IsGivenUnits(Term? receiver, ImmutableArray<Term> arguments, State state) =>
        Passed(receiver, arguments).Any(value => value.Any(static part => part.Kind == TermKind.Function) || Escape.Reaches(state, value));

    /// <summary>A body that counts nothing of what the path holds. It may write to objects it is handed, and throw.</summary>
    private ImmutableArray<Evaluated> CallApart(IMethodSymbol method, MemberProtocol protocol, Term? receiver, ImmutableArray<Term> arguments, IOperation call, State state)
    {
        TouchAll(method, arguments, call, state, static _ => true);
        if (!Protocols.ThrowsNothing(method, protocol))
        {
            OnThrow(state with { AfterUnseenThrow = true }, call.Syntax);
        }

        var passed = Passed(receiver, arguments);
        state = AgeMembers(passed, EscapeContents(passed, state), call.Syntax);
        var versions = state.Versions;
        var heap = state.Heap;
        foreach (var container in passed.Where(term => term.Kind is not TermKind.Constant && !term.Equals(Term.This)))
        {
            versions = versions.SetItem(container, call.Syntax);
            var forgotten = heap.Keys.Where(location => location.Data is "instance" && location.Operands[0].Equals(container) && !IsDeclaredInSource(location.Symbol)).ToArray();
            state = Escape.OfPlaces(state, forgotten);
            heap = heap.RemoveRange(forgotten);
        }

        var after = state with { Versions = versions, Heap = heap };
        var result = Fresh(ref after, call.Syntax, ResultLabel);
        return One(PassOutside(method, receiver, arguments, method.MethodKind == MethodKind.Constructor && receiver is not null ? receiver : result, after), result);
    }

    /// <summary>In a loop the call makes new what it made in an earlier round too: what was read after that is one value, "the earlier ones".</summary>
    private State AgeMembers(ImmutableArray<Term> containers, State state, SyntaxNode site)
    {
        bool IsOld(Term part) => part.Kind == TermKind.Member && part.Site == site && part.Data is not "static" && containers.Contains(part.Operands[0]);
        if (!InLoop || !state.Units.Keys.Any(key => key.Target.Any(IsOld)))
        {
            return state;
        }

        var earlier = Term.Fresh(site, "earlier member");
        state = state.Rename(part => IsOld(part) ? earlier : null);
        return state with { Facts = state.Facts.RemoveRange(state.Facts.Keys.Where(fact => fact.Any(earlier.Equals))) };
    }

    /// <summary>Whoever is given a value uses it, but a collection that only compares it.</summary>
    private void TouchAll(IMethodSymbol method, ImmutableArray<Term> arguments, IOperation call, State state, Func<int, bool> isUsed)
    {
        for (var ordinal = 0; ordinal < Math.Min(arguments.Length, method.Parameters.Length); ordinal++)
        {
            if (isUsed(ordinal) && method.OriginalDefinition.Parameters[ordinal].Type is not ITypeParameterSymbol)
            {
                _ledger.Touch(state, arguments[ordinal], call.Syntax);
            }
        }
    }

    private static bool IsHeld(Term? value, State state) => value is not null && state.Units.Keys.Any(key => key.Target.Equals(value));

    private bool IsDeclaredInSource(ISymbol? member) => member is not null && SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _functions.Compilation.Assembly);

    private bool RunsSomethingThatCounts(Term argument) =>
        argument is { Kind: TermKind.Function, Symbol: IMethodSymbol function }
        && (!Protocols.Get(function).Effects.IsEmpty || (IsDeclaredInSource(function) && _functions.MayCount(function, _depth) && _functions.ResultOf(function, _depth).MayCount));

    private State StoreByReference(IArgumentOperation[] arguments, State state, IOperation call)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref && (argument.Parameter.ContainingSymbol is not IMethodSymbol called || AtomicCounters.Units(called, 1) is null))
            {
                var place = ByReference(call, argument.Parameter);
                var value = state.Heap.TryGetValue(place, out var passed) ? passed : Fresh(ref state, argument.Syntax, argument.Parameter.Name);
                state = state with { Heap = state.Heap.Remove(place) };
                state = argument.Parameter.RefKind == RefKind.Ref ? TakenByCallee(argument.Value, value, state) : state;
                state = Store(argument.Value, state, value, argument.Syntax, isWhole: true).FirstOrDefault() ?? state;
            }
        }

        return state;
    }

    /// <summary>A callee that put something else into a variable by reference has done what it wanted with what was there.</summary>
    private State TakenByCallee(IOperation variable, Term left, State state)
    {
        var old = variable switch
        {
            ILocalReferenceOperation { Local: var local } => ReadVariable(state, local),
            IParameterReferenceOperation { Parameter: var parameter } => ReadVariable(state, parameter),
            _ => null,
        };
        return old is null || old.Equals(left) ? state : Escape.Of(state, old);
    }

    /// <summary>The place that holds what a callee left in a parameter by reference, until the caller has stored it.</summary>
    private static Term ByReference(IOperation call, IParameterSymbol parameter) =>
        Term.Member(Term.Fresh(call.Syntax, "by reference"), parameter, [], null);
}
