using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MmapAnalyzers.Flow;

/// <summary>Assignments, and plain integers used as counters.</summary>
internal sealed partial class Evaluator
{
    private ImmutableArray<Evaluated> Assign(ISimpleAssignmentOperation assignment, State state)
    {
        // A copy into a variable is not yet a look at the value.
        var isCopy = assignment.Target is ILocalReferenceOperation or IDiscardOperation or IFlowCaptureReferenceOperation
            or IParameterReferenceOperation { Parameter.RefKind: RefKind.None };
        var values = isCopy ? Evaluate(assignment.Value, state) : EvaluateUsed(assignment.Value, state);
        return [.. values.SelectMany(value => Store(assignment.Target, value.State, value.Term, assignment.Syntax, isWhole: true)
            .Select(after => new Evaluated(after, value.Term)))];
    }

    /// <param name="isWhole">The value replaces what was there; otherwise the caller has said what it adds to a counter.</param>
    private IEnumerable<State> Store(IOperation target, State state, Term value, SyntaxNode site, bool isWhole)
    {
        switch (target)
        {
            case IConversionOperation conversion:
                return Store(conversion.Operand, state, value, site, isWhole);
            case IDeclarationExpressionOperation declaration:
                return Store(declaration.Expression, state, value, site, isWhole);
            case ILocalReferenceOperation { Local: var local }:
                return [StoreVariable(state, local, value, site)];
            case IParameterReferenceOperation { Parameter: var parameter }:
                return [StoreVariable(state, parameter, value, site)];
            case IFlowCaptureReferenceOperation reference when state.Captures.TryGetValue(reference.Id, out var captured):
                return captured.Source is IFlowCaptureReferenceOperation or IFlowCaptureOperation or ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation or IArrayElementReferenceOperation
                    ? Store(captured.Source, state with { Captures = state.Captures.SetItem(reference.Id, captured with { Term = value }) }, value, site, isWhole)
                    : [state with { Captures = state.Captures.SetItem(reference.Id, captured with { Term = value }) }];
            case IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation:
                return Locate(target, state).SelectMany(located => StoreMember(target, located, value, site, isWhole));
            case not null when IsIndirection(target):
                return Evaluate(target, state).Select(static written => written.State);
            default:
                return [state];
        }
    }

    private State StoreVariable(State state, ISymbol variable, Term value, SyntaxNode site)
    {
        var after = state with { Variables = state.Variables.SetItem(variable, value) };
        if (state.Variables.TryGetValue(variable, out var old) && !old.Equals(value))
        {
            after = _ledger.Overwrite(after, old, value, site);
        }

        // A variable of an enclosing function, and one that some delegate gives back from, are somebody else's.
        return IsOwn(variable) && !IsReleasedByDelegate(variable) ? after : Escape.Of(after, value);
    }

    private IEnumerable<State> StoreMember(IOperation target, Located located, Term value, SyntaxNode site, bool isWhole)
    {
        var state = located.State;
        if (target is IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation)
        {
            _ledger.Touch(state, located.Location.Operands[0], target.Syntax);
        }

        if (isWhole && target is IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true } && IsInteger(target.Type))
        {
            state = SetCounter(state, located.Location, value, site);
        }

        if (target is IPropertyReferenceOperation { Property: { SetMethod: { } setter } property } reference && HasBody(property))
        {
            var receiver = property.IsStatic ? null : located.Location.Operands[0];
            var arguments = located.Location.Operands.Skip(receiver is null ? 0 : 1).Append(value).ToImmutableArray();
            return Call(setter, receiver, arguments, IsExact(reference.Instance), target, state).Select(static result => result.State);
        }

        return [IsPlainElement(target, located.Location) ? ForgetElements(state, located.Location.Operands[0], site) : Write(state, located.Location, value, site)];
    }

    /// <summary>A number at a computed index: which one it is nobody asks for, and every round of a loop would remember another.</summary>
    private static bool IsPlainElement(IOperation target, Term location) =>
        target is IArrayElementReferenceOperation && !MayHold(target.Type) && location.Operands.Skip(1).Any(static index => index.Kind != TermKind.Constant);

    private static State ForgetElements(State state, Term array, SyntaxNode site) => state with
    {
        Heap = state.Heap.RemoveRange(state.Heap.Keys.Where(place => place.Symbol is null && place.Operands.Length > 0 && place.Operands[0].Equals(array)).ToArray()),
        Versions = state.Versions.SetItem(array, site),
    };

    private ImmutableArray<Evaluated> AssignCompound(ICompoundAssignmentOperation compound, State state) =>
        [.. EvaluateAllUsed([compound.Target, compound.Value], state).SelectMany(path =>
        {
            var (after, terms) = path;
            var result = Conditions.Binary(compound.OperatorKind, terms[0], terms[1]);
            if (result.IsTooDeep)
            {
                result = Fresh(ref after, compound.Syntax, "deep");
            }

            return Store(compound.Target, AddToCounter(compound.Target, after, UnitsOf(compound.OperatorKind, terms[1]), compound.Syntax), result, compound.Syntax, isWhole: false)
                .Select(stored => new Evaluated(stored, result));
        })];

    private static int? UnitsOf(BinaryOperatorKind kind, Term value) => (kind, value.Data) switch
    {
        (BinaryOperatorKind.Add, long and > -Count.Limit and < Count.Limit) => (int)(long)value.Data,
        (BinaryOperatorKind.Subtract, long and > -Count.Limit and < Count.Limit) => -(int)(long)value.Data,
        _ => null,
    };

    private ImmutableArray<Evaluated> Increment(IIncrementOrDecrementOperation increment, State state)
    {
        var units = increment.Kind == OperationKind.Increment ? 1 : -1;
        return [.. EvaluateUsed(increment.Target, state).SelectMany(old =>
        {
            var after = old.State;
            var result = Conditions.Binary(BinaryOperatorKind.Add, old.Term, Term.Constant(units));
            if (result.IsTooDeep)
            {
                result = Fresh(ref after, increment.Syntax, "deep");
            }

            return Store(increment.Target, AddToCounter(increment.Target, after, units, increment.Syntax), result, increment.Syntax, isWhole: false)
                .Select(stored => new Evaluated(stored, increment.IsPostfix ? old.Term : result));
        })];
    }

    private ImmutableArray<Evaluated> Deconstruct(IDeconstructionAssignmentOperation deconstruction, State state)
    {
        var pending = Term.Member(Term.Fresh(deconstruction.Syntax, "by reference"), null, [], null);
        return [.. EvaluateUsed(deconstruction.Value, state).SelectMany(path =>
        {
            // What is taken apart is held until all of its parts have been stored.
            IEnumerable<State> states = [path.State with { Heap = path.State.Heap.SetItem(pending, path.Term) }];
            var elements = TargetsOf(deconstruction.Target).ToArray();
            for (var index = 0; index < elements.Length; index++)
            {
                var element = elements[index];
                var value = deconstruction.Value.Type is { IsTupleType: true } ? ElementOf(path.Term, index) : Term.Fresh(deconstruction.Syntax, $"element {index}");
                states = states.SelectMany(current => Store(element, current, value, deconstruction.Syntax, isWhole: true)).ToArray();
            }

            return states.Select(after => new Evaluated(after with { Heap = after.Heap.Remove(pending) }, path.Term));
        })];
    }

    private static IEnumerable<IOperation> TargetsOf(IOperation target) => target switch
    {
        ITupleOperation tuple => tuple.Elements,
        IDeclarationExpressionOperation declaration => TargetsOf(declaration.Expression),
        _ => [],
    };

    private State AddToCounter(IOperation target, State state, int? units, SyntaxNode site)
    {
        if (!IsInteger(target.Type) || CounterLocation(target, state) is not { } location)
        {
            return state;
        }

        return units is { } known ? CountIn(state, location, known, site) : UncountIn(state, location);
    }

    private static State CountIn(State state, Term location, int units, SyntaxNode site)
    {
        var key = new CountKey(CountKey.CounterResource, location);
        return state.AddCount(key, units).AddStep(units > 0 ? TrailKind.Acquired : TrailKind.Released, site, key);
    }

    private static State UncountIn(State state, Term location) =>
        state with { Counts = state.Counts.SetItem(new CountKey(CountKey.CounterResource, location), Count.Unknown) };

    /// <summary>A counter that is set: by adding to what it held, or to something else.</summary>
    private static State SetCounter(State state, Term location, Term value, SyntaxNode site)
    {
        var old = Read(state, location);
        if (value is { Kind: TermKind.Operation, Data: nameof(BinaryOperatorKind.Add) or nameof(BinaryOperatorKind.Subtract) } && value.Operands[0].Equals(old)
            && UnitsOf(value.Data is nameof(BinaryOperatorKind.Add) ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract, value.Operands[1]) is { } units)
        {
            return CountIn(state, location, units, site);
        }

        return UncountIn(state, location);
    }

    /// <summary>The place of a field or property that may count; elements of arrays and locals are not counters.</summary>
    private Term? CounterLocation(IOperation target, State state) => target switch
    {
        IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true } => Locate(target, state) is [var only, ..] ? only.Location : null,
        IFlowCaptureReferenceOperation reference when state.Captures.TryGetValue(reference.Id, out var captured) => CounterLocation(captured.Source, state),
        _ => null,
    };

    private static bool IsInteger(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
}
