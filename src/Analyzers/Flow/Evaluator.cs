using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Flow;

/// <summary>A path's state after an operation, with the operation's value.</summary>
internal readonly record struct Evaluated(State State, Term Term);

/// <summary>
/// Runs the operations of one block on symbolic values. An operation may split a path, when a callee has several outcomes; so every
/// evaluation gives a list. An operation that is not known keeps the state and yields a fresh value.
/// </summary>
internal sealed partial class Evaluator
{
    private readonly Functions _functions;
    private readonly IMethodSymbol _function;
    private readonly CallDepth _depth;
    private readonly Action<SyntaxNode, SyntaxNode?> _onLost;
    private readonly UnitLedger _ledger;
    private readonly Lazy<ImmutableHashSet<ISymbol>> _takenByDelegates;

    /// <param name="onLost">Told of a result that must be looked at and no longer can be: the call, and where it was lost.</param>
    public Evaluator(Functions functions, IMethodSymbol function, CallDepth depth, UnitLedger ledger, Action<SyntaxNode, SyntaxNode?> onLost)
    {
        _ledger = ledger;
        _functions = functions;
        _function = function;
        _depth = depth;
        _onLost = onLost;
        _takenByDelegates = new(VariablesTakenByDelegates, LazyThreadSafetyMode.None);
    }

    /// <summary>Whether the block is inside a loop, so that a place may make a second value.</summary>
    public bool InLoop { get; set; }

    /// <summary>Told of the state in which an operation may throw, and of the operation.</summary>
    public Action<State, SyntaxNode> OnThrow { get; set; } = static (_, _) => { };

    private ProtocolBinder Protocols => _functions.Protocols;

    public ImmutableArray<State> Execute(IOperation operation, ImmutableArray<State> states)
    {
        var after = ImmutableArray.CreateBuilder<State>(states.Length);
        foreach (var state in states)
        {
            foreach (var evaluated in Evaluate(operation, state))
            {
                if (!after.Contains(evaluated.State))
                {
                    after.Add(evaluated.State);
                }
            }
        }

        return after.ToImmutable();
    }

    /// <summary>The value that a block branches on, returns or throws. A condition looks at what it reads.</summary>
    public ImmutableArray<Evaluated> EvaluateBranch(IOperation operation, State state, bool isCondition) =>
        isCondition ? EvaluateUsed(operation, state) : Evaluate(operation, state);

    private ImmutableArray<Evaluated> Evaluate(IOperation operation, State state)
    {
        if (operation.ConstantValue is { HasValue: true, Value: var constant } && operation is not IAssignmentOperation)
        {
            return One(state, Term.Constant(constant));
        }

        return operation switch
        {
            IExpressionStatementOperation statement => Evaluate(statement.Operation, state),
            IConversionOperation conversion => EvaluateConversion(conversion, state),
            IParenthesizedOperation parenthesized => Evaluate(parenthesized.Operand, state),
            ILocalReferenceOperation local => One(state, ReadVariable(state, local.Local)),
            IParameterReferenceOperation parameter => One(state, ReadVariable(state, parameter.Parameter)),
            IInstanceReferenceOperation => One(state, Term.This),
            IFlowCaptureOperation capture => Capture(capture, state),
            IFlowCaptureReferenceOperation reference => One(state, state.Captures.TryGetValue(reference.Id, out var captured) ? captured.Term : Fresh(ref state, reference.Syntax, "capture")),
            ISimpleAssignmentOperation assignment => Assign(assignment, state),
            ICompoundAssignmentOperation compound => AssignCompound(compound, state),
            IIncrementOrDecrementOperation increment => Increment(increment, state),
            IDeconstructionAssignmentOperation deconstruction => Deconstruct(deconstruction, state),
            IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation => ReadMember(operation, state),
            IBinaryOperation binary => EvaluateBinary(binary, state),
            IUnaryOperation unary => EvaluateUnary(unary, state),
            IIsNullOperation isNull => EvaluateUsed(isNull.Operand, state).Select(term => Conditions.AreEqual(term, Term.Null)),
            IIsTypeOperation isType => EvaluateUsed(isType.ValueOperand, state).Select(term => IsType(term, isType.TypeOperand, isType.IsNegated)),
            IIsPatternOperation pattern => EvaluatePattern(pattern, state),
            IDefaultValueOperation => One(state, Term.Null),
            IDelegateCreationOperation creation => Evaluate(creation.Target, state),
            IMethodReferenceOperation method => EvaluateMethodReference(method, state),
            IAddressOfOperation { Reference: IMethodReferenceOperation method } => EvaluateMethodReference(method, state),
            IFlowAnonymousFunctionOperation lambda => One(HandToDelegate(lambda.Symbol, state), Term.Function(lambda.Symbol, Term.This)),
            IAwaitOperation awaited => Await(awaited, state),
            ITupleOperation tuple => [.. EvaluateAllUsed(tuple.Elements, state).Select(path => new Evaluated(path.State, Term.Operation(Term.TupleName, path.Terms)))],
            IReturnOperation { Kind: OperationKind.YieldReturn, ReturnedValue: { } yielded } => Yield(yielded, state),
            IInvocationOperation invocation => Invoke(invocation, state),
            IObjectCreationOperation creation => Create(creation, state),
            IDiscardOperation => One(state, Term.Null),
            IThrowOperation thrown => EvaluateThrow(thrown, state),
            IFunctionPointerInvocationOperation { Target.Type: IFunctionPointerTypeSymbol { Signature: { CallingConvention: not System.Reflection.Metadata.SignatureCallingConvention.Default } native } } call => CallNative(call, native, state),
            IDynamicInvocationOperation or IFunctionPointerInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation => EvaluateUnknownCode(operation, state),
            _ => EvaluateOther(operation, state),
        };
    }

    /// <summary>Evaluates an operand that the operation around it looks at.</summary>
    private ImmutableArray<Evaluated> EvaluateUsed(IOperation? operation, State state)
    {
        if (operation is null)
        {
            return One(state, Term.Null);
        }

        var results = Evaluate(operation, state);
        if (results.All(result => result.State.Unchecked.IsEmpty))
        {
            return results;
        }

        return [.. results.Select(result => result with { State = LookAt(result.State, result.Term) })];
    }

    /// <summary>Whoever reads a result, or a value computed from it, has looked at it.</summary>
    private static State LookAt(State state, Term term) =>
        state.Unchecked.Keys.Where(outstanding => term.Any(outstanding.Equals)).Aggregate(
            state, static (current, outstanding) => current with { Unchecked = current.Unchecked.Remove(outstanding) });

    private ImmutableArray<(State State, ImmutableArray<Term> Terms)> EvaluateAllUsed(IEnumerable<IOperation?> operations, State state)
    {
        ImmutableArray<(State State, ImmutableArray<Term> Terms)> paths = [(state, [])];
        foreach (var operation in operations)
        {
            paths = [.. paths.SelectMany(path => EvaluateUsed(operation, path.State).Select(value => (value.State, path.Terms.Add(value.Term))))];
        }

        return paths;
    }

    private static ImmutableArray<Evaluated> One(State state, Term term) => [new Evaluated(state, term)];

    /// <summary>A value never seen before. In a loop, what the place made in an earlier round becomes one value, "the earlier ones".</summary>
    private Term Fresh(ref State state, SyntaxNode site, string label)
    {
        var term = Term.Fresh(site, label);
        if (InLoop && state.Mentions(term))
        {
            var earlier = Term.Fresh(site, label + " earlier");
            if (state.Unchecked.ContainsKey(term) && state.IsCertain)
            {
                _onLost(state.Unchecked[term], null);
            }

            state = state.Rename(part => part.Equals(term) ? earlier : null);
            state = state with { Facts = state.Facts.RemoveRange(state.Facts.Keys.Where(fact => fact.Any(earlier.Equals))), Unchecked = state.Unchecked.Remove(earlier) };
        }

        return term;
    }

    private Term ReadVariable(State state, ISymbol variable)
    {
        if (state.Variables.TryGetValue(variable, out var value))
        {
            return value;
        }

        return IsOwn(variable) switch
        {
            true when variable is IParameterSymbol parameter => Term.Parameter(parameter),

            // What the compiler adds, such as the flag of a lock statement, begins with the default of its type.
            _ when variable.IsImplicitlyDeclared && variable is ILocalSymbol => Term.Null,
            _ => Term.Captured(variable),
        };
    }

    /// <summary>Whether the variable belongs to the function under analysis rather than to one around it.</summary>
    private bool IsOwn(ISymbol variable) => SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, _function)
        || (variable is IParameterSymbol && SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, _function.PartialDefinitionPart))
        || (variable is IParameterSymbol && SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, _function.PartialImplementationPart));

    private ImmutableArray<Evaluated> Capture(IFlowCaptureOperation capture, State state) =>
        [.. Evaluate(capture.Value, state).Select(value =>
            new Evaluated(value.State with { Captures = value.State.Captures.SetItem(capture.Id, new CapturedValue(value.Term, capture.Value)) }, value.Term))];

    /// <summary>A conversion keeps the value's identity, whatever type it is seen as.</summary>
    private ImmutableArray<Evaluated> EvaluateConversion(IConversionOperation conversion, State state) => Evaluate(conversion.Operand, state);

    private ImmutableArray<Evaluated> EvaluateBinary(IBinaryOperation binary, State state) =>
        [.. EvaluateAllUsed([binary.LeftOperand, binary.RightOperand], state).Select(path =>
        {
            var (after, terms) = path;
            var term = Conditions.Binary(binary.OperatorKind, terms[0], terms[1]);
            return new Evaluated(after, term.IsTooDeep ? Fresh(ref after, binary.Syntax, "deep") : term) with { State = after };
        })];

    private ImmutableArray<Evaluated> EvaluateUnary(IUnaryOperation unary, State state) =>
        EvaluateUsed(unary.Operand, state).Select(term => unary.OperatorKind == UnaryOperatorKind.Not
            ? Conditions.Not(term)
            : Term.Operation(unary.OperatorKind.ToString(), term));

    private static Term IsType(Term value, ITypeSymbol type, bool isNegated)
    {
        var test = value.IsNull ? Term.False : Term.Operation(Conditions.IsTypeName, value, Term.Constant(type.ToDisplayString()));
        return isNegated ? Conditions.Not(test) : test;
    }

    private ImmutableArray<Evaluated> EvaluateMethodReference(IMethodReferenceOperation reference, State state) =>
        reference.Instance is null
            ? One(reference.Method.MethodKind == MethodKind.LocalFunction ? HandToDelegate(reference.Method, state) : state, Term.Function(reference.Method, null))
            : EvaluateUsed(reference.Instance, state).Select(receiver => Term.Function(reference.Method, receiver));

    private ImmutableArray<Evaluated> EvaluateThrow(IThrowOperation thrown, State state) =>
        thrown.Exception is null ? One(state, Term.Null) : EvaluateUsed(thrown.Exception, state);

    private ImmutableArray<Evaluated> EvaluateUnknownCode(IOperation operation, State state) =>
        [.. EvaluateAllUsed(operation.ChildOperations, state).Select(path =>
        {
            var after = Forget(PassToUnknown(null, path.Terms, path.State), operation.Syntax);
            return new Evaluated(after, Fresh(ref after, operation.Syntax, "unknown")) with { State = after };
        })];

    private ImmutableArray<Evaluated> EvaluateOther(IOperation operation, State state) =>
        [.. EvaluateAllUsed(operation.ChildOperations, state).Select(path =>
        {
            var after = path.State;
            if (IsIndirection(operation))
            {
                _ledger.Touch(after, path.Terms[0], operation.Syntax);
            }

            var value = Fresh(ref after, operation.Syntax, operation.Kind.ToString());
            return new Evaluated(MayHold(TypeOf(operation)) ? Escape.Derive(after, value, path.Terms) : after, value);
        })];

    private ITypeSymbol? TypeOf(IOperation operation) =>
        operation.Type ?? _functions.Graphs.ModelOf(operation.Syntax.SyntaxTree).GetTypeInfo(operation.Syntax).Type;

    /// <summary>Reading through a pointer: the graph has no kind of operation for it.</summary>
    private static bool IsIndirection(IOperation operation) => operation.Kind == OperationKind.None
        && operation.Syntax.RawKind is (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.PointerIndirectionExpression or (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.ElementAccessExpression
        && operation.ChildOperations.Count > 0;

    /// <summary>Code that cannot be seen may have counted and written anything.</summary>
    private static State Forget(State state, SyntaxNode site) => Escape.OfPlaces(state, state.Heap.Keys) with
    {
        CountsUnknown = true,
        Heap = State.Entry.Heap,
        Versions = State.Entry.Versions,
        Epoch = site,
    };
}

internal static class EvaluatedExtensions
{
    public static ImmutableArray<Evaluated> Select(this ImmutableArray<Evaluated> values, Func<Term, Term> select) =>
        ImmutableArray.CreateRange(values, value => value with { Term = select(value.Term) });
}
