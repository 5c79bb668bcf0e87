using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Flow;

/// <summary>What may become of values that code out of sight is given.</summary>
internal sealed partial class Evaluator
{
    /// <summary>What awaiting a task gives that ends with an exception: nothing that anybody could compare with.</summary>
    private static readonly Constraint Faulted = Constraint.Is(Term.Constant("faulted"));

    /// <summary>
    /// Whether code out of sight may keep the argument, and with it the duty to give it back: an object keeps what it is made of, a collection its items, and who
    /// is given work to do later what belongs to the work. A value that is made of another is not its owner.
    /// </summary>
    private static bool MayKeep(IMethodSymbol method, IParameterSymbol parameter, ImmutableArray<Term> arguments)
    {
        var definition = method.OriginalDefinition;
        if (definition.MethodKind == MethodKind.Constructor)
        {
            return definition.ContainingType is { IsValueType: false } made && MayHold(made);
        }

        return definition.MethodKind == MethodKind.PropertySet
            || parameter.OriginalDefinition.Type is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Type }
            || definition.Parameters.Any(other => other.Ordinal != parameter.Ordinal && IsWork(other, arguments));
    }

    /// <summary>Work to be done later: a delegate, or a function's address, but of one that is in sight and gives nothing back.</summary>
    private static bool IsWork(IParameterSymbol parameter, ImmutableArray<Term> arguments) => parameter.Type.TypeKind == TypeKind.Delegate
        || (parameter.Type.TypeKind == TypeKind.FunctionPointer && !(parameter.Ordinal < arguments.Length && arguments[parameter.Ordinal].Kind is TermKind.Function or TermKind.Constant));

    private static State PassOutside(IMethodSymbol method, Term? receiver, ImmutableArray<Term> arguments, Term result, State state)
    {
        state = SetsUp(method, receiver) ? PassToUnknown(null, arguments, state) : PassKept(method, arguments, state, static _ => true);
        return MayCarry(method) ? Escape.Derive(state, result, Passed(IsCopiedFrom(method) ? null : receiver, [.. arguments.Where((_, ordinal) => !IsCopiedFrom(method, ordinal))])) : state;
    }

    /// <summary>What lives on the stack alone cannot be kept by a value that lives elsewhere: it is made of a copy.</summary>
    private static bool IsCopiedFrom(IMethodSymbol method, int ordinal) =>
        ordinal < method.Parameters.Length && method.Parameters[ordinal] is { Type.IsRefLikeType: true, RefKind: RefKind.None }
        && (method.MethodKind == MethodKind.Constructor ? method.ContainingType : method.ReturnType) is { IsRefLikeType: false } && !method.ReturnsByRef && !method.ReturnsByRefReadonly;

    /// <summary>What lives on the stack alone hands out copies: only a value that has to stay there too can hold on to the same memory.</summary>
    private static bool IsCopiedFrom(IMethodSymbol method) =>
        method is { MethodKind: not MethodKind.Constructor, ContainingType.IsRefLikeType: true, ReturnType.IsRefLikeType: false, ReturnsByRef: false, ReturnsByRefReadonly: false };

    /// <summary>What a base class out of sight offers to its heirs alone puts values into the running object.</summary>
    private static bool SetsUp(IMethodSymbol method, Term? receiver) =>
        receiver is { Kind: TermKind.This } && method is { DeclaredAccessibility: Accessibility.Protected or Accessibility.ProtectedOrInternal, ReturnsVoid: true, IsVirtual: false, IsOverride: false };

    /// <summary>What the callee may keep of the arguments that nothing more is known of has escaped.</summary>
    private static State PassKept(IMethodSymbol method, ImmutableArray<Term> arguments, State state, Func<int, bool> isUnknown)
    {
        for (var ordinal = 0; ordinal < Math.Min(arguments.Length, method.Parameters.Length); ordinal++)
        {
            if (isUnknown(ordinal) && MayKeep(method, method.Parameters[ordinal], arguments))
            {
                state = Escape.Of(state, arguments[ordinal]);
            }
        }

        return state;
    }

    /// <summary>Everything that a call is given.</summary>
    private static ImmutableArray<Term> Passed(Term? receiver, ImmutableArray<Term> arguments) => receiver is null ? arguments : arguments.Add(receiver);

    /// <summary>Whether the returned value may hold on to what went into the call.</summary>
    private static bool MayCarry(IMethodSymbol method) => method.MethodKind == MethodKind.Constructor ? MayHold(method.ContainingType) : method.ReturnType switch
    {
        // Native code gives numbers of its own.
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } when ProtocolBinder.IsNative(method) => false,
        var type => MayHold(type),
    };

    /// <summary>Whether a value of the type may hold on to another: a plain number or a condition does not.</summary>
    private static bool MayHold(ITypeSymbol? type) => type switch
    {
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_Object } => true,
        { SpecialType: not SpecialType.None } or { TypeKind: TypeKind.Enum } => false,
        INamedTypeSymbol { IsUnmanagedType: true, DeclaringSyntaxReferences.IsEmpty: false } structure => structure.GetMembers().OfType<IFieldSymbol>().Any(static field => !field.IsStatic && MayHold(field.Type)),
        _ => true,
    };

    /// <summary>Code out of sight may take out and give back what it finds in the objects and arrays that it is given.</summary>
    private static State EscapeContents(ImmutableArray<Term> containers, State state) =>
        Escape.OfPlaces(state, state.Heap.Keys.Where(place => place.Data is "instance" && !place.Operands[0].Equals(Term.This) && containers.Contains(place.Operands[0])));

    /// <summary>Code that cannot be seen may keep whatever it is given, and release it.</summary>
    private static State PassToUnknown(Term? receiver, ImmutableArray<Term> arguments, State state) =>
        Passed(receiver, arguments).Aggregate(state, Escape.Of);

    /// <summary>Values in variables that a delegate gives back from, or hands on, are its own from its creation on.</summary>
    private State HandToDelegate(IMethodSymbol function, State state) =>
        VariablesTakenBy(function).Where(state.Variables.ContainsKey).Aggregate(state, static (current, variable) => Escape.Of(current, current.Variables[variable]));

    private bool IsReleasedByDelegate(ISymbol variable) => _takenByDelegates.Value.Contains(variable);

    private ImmutableHashSet<ISymbol> VariablesTakenByDelegates() =>
        [.. _functions.Graphs.AnonymousFunctionsIn(_function).SelectMany(VariablesTakenBy)];

    private IEnumerable<ISymbol> VariablesTakenBy(IMethodSymbol function)
    {
        if (!_functions.MayCount(function, _depth))
        {
            return [];
        }

        var result = _functions.ResultOf(function, _depth);
        return result.Outcomes
            .SelectMany(exit => exit.Final.Counts.Keys.Select(key => key.Target).Concat(exit.Final.Escaped))
            .Where(term => term.Kind == TermKind.Captured)
            .Select(term => term.Symbol!)
            .Concat(result.IsUnknown ? _functions.Graphs.VariablesCapturedBy(function) : []);
    }

    private ImmutableArray<Evaluated> Await(IAwaitOperation awaited, State state) =>
        [.. EvaluateUsed(awaited.Operation, state).Select(task =>
        {
            if (!IsAwaitedAcquire(awaited.Operation) && task.State.Constrain(Awaited(task.Term), Faulted) is { } faulted)
            {
                OnThrow((task.Term.Kind == TermKind.Fresh ? task.State : faulted) with { AfterUnseenThrow = true }, awaited.Syntax);
            }

            return task with { Term = Awaited(task.Term) };
        })];

    /// <summary>Such a call has thrown, if it throws, before it took anything.</summary>
    private bool IsAwaitedAcquire(IOperation awaited) =>
        awaited is IInvocationOperation invocation
        && (Protocols.Get(invocation.TargetMethod).Effects.Any(effect => effect.IsAwaited) || (invocation.Instance is { } task && IsAwaitedAcquire(task)));

    /// <summary>Whoever enumerates has the value then, and may stop here.</summary>
    private ImmutableArray<Evaluated> Yield(IOperation yielded, State state) =>
        [.. EvaluateUsed(yielded, state).Select(value =>
        {
            var after = Escape.Of(value.State, value.Term);
            OnThrow(after with { AfterUnseenThrow = true }, yielded.Syntax);
            return value with { State = after };
        })];
}
