using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Flow;

/// <summary>Reading and writing fields, properties and elements.</summary>
internal sealed partial class Evaluator
{
    private static readonly Term StaticContainer = Term.Constant("static");

    /// <summary>A member reference resolved to the place it denotes.</summary>
    private readonly record struct Located(State State, Term Location);

    private ImmutableArray<Evaluated> ReadMember(IOperation operation, State state) =>
        operation is IFieldReferenceOperation { Field: { ContainingType.IsTupleType: true } field, Instance: { } tuple } && PositionOf(field) is { } position
            ? EvaluateUsed(tuple, state).Select(whole => ElementOf(whole, position))
            : [.. Locate(operation, state).SelectMany(located => ReadLocated(operation, located))];

    private static int? PositionOf(IFieldSymbol element) =>
        element.ContainingType.TupleElements.IndexOf(element, SymbolEqualityComparer.Default) is >= 0 and var position ? position
        : element.CorrespondingTupleField is { Name: var name } && name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring("Item".Length), out var number) ? number - 1
        : null;

    private ImmutableArray<Evaluated> ReadLocated(IOperation operation, Located located)
    {
        if (operation is IMemberReferenceOperation { Instance.Type: { IsValueType: true } container } && IsInteger(operation.Type) && HasNullValue(container))
        {
            // The number of an address denotes what the address denotes; both are zero for the null value.
            return One(located.State, located.Location.Operands[0]);
        }

        if (operation is IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation)
        {
            _ledger.Touch(located.State, located.Location.Operands[0], operation.Syntax);
            located = located with { State = LoseTrackOfElements(located) };
        }

        if (operation is not IPropertyReferenceOperation property)
        {
            return operation is IFieldReferenceOperation { Field: var field } && Protocols.Get(field).IsNullValue
                ? One(located.State, Term.Null)
                : One(located.State, Read(located.State, located.Location));
        }

        var protocol = Protocols.Get(property.Property);
        if (protocol.AliasOrdinal is { } ordinal)
        {
            var position = ordinal == MemberProtocol.AliasOfReceiver ? 0 : ordinal + (located.Location.Data is "static" ? 0 : 1);
            return One(located.State, position < located.Location.Operands.Length ? AwaitedIf(protocol.AliasIsAwaited, located.Location.Operands[position]) : Read(located.State, located.Location));
        }

        if (protocol.IsNullValue)
        {
            return One(located.State, property.Property.IsStatic ? Term.Null : Conditions.AreEqual(located.Location.Operands[0], Term.Null));
        }

        if (located.State.Heap.ContainsKey(located.Location) || property.Property.GetMethod is not { } getter || !HasBody(property.Property))
        {
            return One(located.State, Read(located.State, located.Location));
        }

        var receiver = property.Property.IsStatic ? null : located.Location.Operands[0];
        var arguments = located.Location.Operands.Skip(receiver is null ? 0 : 1).ToImmutableArray();
        return Call(getter, receiver, arguments, IsExact(property.Instance), property, located.State);
    }

    /// <summary>Whether reading the property runs code of this compilation, rather than looking at a field.</summary>
    private bool HasBody(IPropertySymbol property) =>
        SymbolEqualityComparer.Default.Equals(property.ContainingAssembly, _functions.Compilation.Assembly)
        && !property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property.OriginalDefinition) || SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private ImmutableArray<Located> Locate(IOperation operation, State state) => operation switch
    {
        IFieldReferenceOperation field => LocateMember(field.Field, field.Instance, [], state),
        IPropertyReferenceOperation property => LocateMember(property.Property, property.Instance, property.Arguments.Select(argument => argument.Value), state),
        IArrayElementReferenceOperation element => LocateElement(element.ArrayReference, element.Indices, state),
        IImplicitIndexerReferenceOperation element => LocateElement(element.Instance, [element.Argument], state),
        _ => [],
    };

    private ImmutableArray<Located> LocateMember(ISymbol member, IOperation? instance, IEnumerable<IOperation> indices, State state) =>
        [.. EvaluateAllUsed(instance is null ? indices : indices.Prepend(instance), state).Select(path => new Located(
            instance is null ? path.State : NotNullAfterUse(path.State, path.Terms[0]),
            instance is null ? Term.Member(null, member, path.Terms, null) : Term.Member(Shallow(path.Terms[0], instance), member, path.Terms.RemoveAt(0), null)))];

    private static Term Shallow(Term container, IOperation source) => container.IsTooDeep ? Term.Fresh(source.Syntax, "deep") : container;

    /// <summary>A parameter whose member has been used was there.</summary>
    private static State NotNullAfterUse(State state, Term container) =>
        container.Kind is TermKind.Parameter or TermKind.Captured && container.Symbol is IParameterSymbol { Type.IsReferenceType: true }
            ? state.Constrain(container, Constraint.IsNot(Term.Null)) ?? state
            : state;

    private ImmutableArray<Located> LocateElement(IOperation container, IEnumerable<IOperation> indices, State state) =>
        [.. EvaluateAllUsed(indices.Prepend(container), state).Select(path => new Located(path.State, Term.Member(path.Terms[0], null, path.Terms.RemoveAt(0), null)))];

    private static Term Read(State state, Term location)
    {
        if (state.Heap.TryGetValue(location, out var value))
        {
            return value;
        }

        if (IsFixed(location.Symbol))
        {
            return location;
        }

        var container = location.Data is "static" ? StaticContainer : location.Operands[0];
        var version = state.Versions.TryGetValue(container, out var written) ? written : state.Epoch;
        return version is null ? location : Term.Member(
            location.Data is "static" ? null : location.Operands[0],
            location.Symbol,
            location.Data is "static" ? location.Operands : location.Operands.RemoveAt(0),
            version);
    }

    /// <summary>Whether nobody can write the member once its object has been made.</summary>
    private static bool IsFixed(ISymbol? member) => member switch
    {
        IFieldSymbol field => field.IsReadOnly,
        IPropertySymbol { SetMethod: null or { IsInitOnly: true }, IsIndexer: false, IsVirtual: false, IsAbstract: false, IsOverride: false } property =>
            !property.ContainingType.GetMembers($"<{property.Name}>k__BackingField").IsEmpty,
        _ => false,
    };

    /// <summary>What is read at a computed index may be any element: which of them are given back cannot be told.</summary>
    private static State LoseTrackOfElements(Located located) =>
        located.Location.Operands.Skip(1).All(index => index.Kind == TermKind.Constant)
            ? located.State
            : Escape.OfPlaces(located.State, located.State.Heap.Keys.Where(place => place.Symbol is null && place.Operands[0].Equals(located.Location.Operands[0])));

    /// <summary>Whether the place belongs to nobody but the function, or to the object it runs on.</summary>
    private static bool IsOwnPlace(Term location) =>
        location.Data is "instance" && (location.Operands[0].Equals(Term.This) || location.Operands[0].Kind == TermKind.Fresh)
        && location.Operands.Skip(1).All(index => index.Kind == TermKind.Constant);

    private State Write(State state, Term location, Term value, SyntaxNode site)
    {
        state = TransferWith(state, location, value, site);
        state = IsOwnPlace(location) ? Escape.OfWrapped(state, value) : Escape.Of(state, value);
        if (location.Symbol is not null && IsTable(location.Symbol))
        {
            state = state.AddStep(TrailKind.Installed, site, location: location);
        }

        // The same member of another object may be the same place; another element of the same array may be too.
        var aliases = state.Heap.Keys.Where(other => !other.Equals(location) && SymbolEqualityComparer.Default.Equals(other.Symbol, location.Symbol)
            && other.Kind == location.Kind && !SurelyApart(other, location)).ToArray();
        var versions = state.Versions;
        if (location.Symbol is null or IPropertySymbol { IsIndexer: true })
        {
            versions = versions.SetItem(location.Operands[0], site);
        }

        foreach (var alias in aliases.Where(alias => alias.Data is "instance"))
        {
            versions = versions.SetItem(alias.Operands[0], site);
        }

        state = Escape.OfPlaces(state, aliases);
        var after = state with { Heap = state.Heap.RemoveRange(aliases).SetItem(location, value), Versions = versions };
        return state.Heap.TryGetValue(location, out var old) && !old.Equals(value) ? _ledger.Overwrite(after, old, value, site) : after;
    }

    /// <summary>Two places of which one is a member of the running object or of a new one, and the other of a different new one.</summary>
    private static bool SurelyApart(Term left, Term right) =>
        AreDifferentElements(left, right)
        || (left.Data is "instance" && right.Data is "instance" && left.Symbol is not null
        && !left.Operands[0].Equals(right.Operands[0])
        && (IsNew(left.Operands[0]) || IsNew(right.Operands[0])));

    /// <summary>Elements of one array at constant indices.</summary>
    private static bool AreDifferentElements(Term left, Term right) =>
        left is { Symbol: null, Data: "instance", Operands: [var leftArray, { Kind: TermKind.Constant } leftIndex] }
        && right is { Symbol: null, Data: "instance", Operands: [var rightArray, { Kind: TermKind.Constant } rightIndex] }
        && leftArray.Equals(rightArray) && !Constraint.SameConstant(leftIndex, rightIndex);

    private static bool IsNew(Term term) => term is { Kind: TermKind.Fresh, Data: NewLabel };

    private State TransferWith(State state, Term location, Term value, SyntaxNode site)
    {
        var replaced = state.Heap.TryGetValue(location, out var present) ? present : Term.Null;
        if (location.Symbol is null || replaced.Equals(value))
        {
            return state;
        }

        foreach (var effect in Protocols.Get(location.Symbol).Effects.Where(effect => effect is { Kind: EffectKind.Transfer, Target: EffectTarget.AssignedValue }))
        {
            // The unit that went with a value which is replaced on the same path is the function's own again.
            state = replaced.IsNull ? state : state.AddCount(new CountKey(effect.Resource, replaced), 1);
            var key = new CountKey(effect.Resource, value);
            state = value.IsNull ? state : state.AddCount(key, -1).AddStep(TrailKind.Transferred, site, key);
        }

        return state;
    }

    private bool IsTable(ISymbol member) =>
        member switch
        {
            IPropertySymbol property => property.Type,
            IFieldSymbol field => field.Type,
            _ => null,
        } is INamedTypeSymbol type && OperationTables.IsTable(type, Protocols);
}
