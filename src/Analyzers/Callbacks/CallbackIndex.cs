using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Callbacks;

/// <summary>Which function of the compilation plays which role, and which operation tables the source makes. Found once, on first demand.</summary>
internal sealed class CallbackIndex
{
    private readonly FunctionGraphs _graphs;
    private readonly ProtocolBinder _protocols;
    private readonly Forwarding _forwarding;
    private readonly SourceIndex _index;
    private readonly ValueResolver _resolver;
    private readonly Dictionary<SyntaxNode, OperationTable> _tables = [];
    private readonly Dictionary<IMethodSymbol, List<RoleBinding>> _bindings = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxNode, List<SlotValue>> _slots = [];
    private readonly List<SlotValue> _looseSlots = [];

    private CallbackIndex(Functions functions)
    {
        _graphs = functions.Graphs;
        _protocols = functions.Protocols;
        _forwarding = new Forwarding(functions);
        _index = new SourceIndex(functions.Compilation);
        _resolver = new ValueResolver(_graphs, _index);
    }

    public static CallbackIndex Create(Functions functions, CancellationToken cancellation)
    {
        var index = new CallbackIndex(functions);
        index.Build(cancellation);
        return index;
    }

    /// <summary>The roles that the function plays, by being put into a slot or by overriding a method with a role.</summary>
    public IEnumerable<RoleBinding> RolesOf(IMethodSymbol function)
    {
        if (_protocols.Get(function).Role is { } own && function.DeclaringSyntaxReferences.Length > 0)
        {
            yield return new RoleBinding(own, TableOf(function.ContainingType, function.DeclaringSyntaxReferences[0].GetSyntax()));
        }

        if (_bindings.TryGetValue(function.OriginalDefinition, out var bound))
        {
            foreach (var binding in bound)
            {
                yield return binding;
            }
        }
    }

    /// <summary>The tables that are created in the syntax.</summary>
    public IEnumerable<OperationTable> TablesIn(SyntaxNode syntax) =>
        _tables.Values.Where(table => table.Creation.SyntaxTree == syntax.SyntaxTree && syntax.Span.Contains(table.Creation.Span)).OrderBy(table => table.Creation.SpanStart);

    /// <summary>The tables that a value may be, or none if it may be something else.</summary>
    /// <param name="running">The type of the object that the function runs on.</param>
    public ImmutableArray<OperationTable> TablesOf(Term value, INamedTypeSymbol running, CancellationToken cancellation)
    {
        if (value.Kind == TermKind.This)
        {
            return OperationTables.IsTable(running, _protocols) ? [TableOf(running, running.DeclaringSyntaxReferences[0].GetSyntax(cancellation))] : [];
        }

        if (value is { Kind: TermKind.Fresh, Site: { } site } && _tables.TryGetValue(site, out var created))
        {
            return [created];
        }

        if (value is not { Kind: TermKind.Member, Symbol: IFieldSymbol or IPropertySymbol })
        {
            return [];
        }

        var resolved = _resolver.ResolveMember(value.Symbol, cancellation);
        var tables = resolved.Creations.Select(creation => _tables.TryGetValue(creation.Syntax, out var table) ? table : null).ToArray();
        return resolved.IsUnknown || tables.Contains(null) ? [] : [.. tables.OfType<OperationTable>()];
    }

    private void Build(CancellationToken cancellation)
    {
        foreach (var (slot, role) in MarkedMembers())
        {
            switch (slot)
            {
                case IPropertySymbol or IFieldSymbol:
                    BindAssignments(slot, role, cancellation);
                    break;
                case IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter:
                    BindArguments(parameter, method, role, cancellation);
                    break;
            }
        }

        BindConversions(cancellation);
        foreach (var creation in _slots.Keys.Concat(EmptyTables(cancellation)).Distinct().ToArray())
        {
            AddTable(creation);
        }

        BindFunctions();
    }

    private IEnumerable<(ISymbol Slot, Role Role)> MarkedMembers()
    {
        foreach (var type in _protocols.CarrierTypes)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol or IFieldSymbol { IsImplicitlyDeclared: false } && _protocols.RoleOf(member) is { } role)
                {
                    yield return (member, role);
                }

                foreach (var parameter in (member as IMethodSymbol)?.Parameters ?? [])
                {
                    if (_protocols.RoleOf(parameter) is { } parameterRole)
                    {
                        yield return (parameter, parameterRole);
                    }
                }
            }
        }
    }

    private void BindAssignments(ISymbol slot, Role role, CancellationToken cancellation)
    {
        foreach (var assignment in _index.AssignmentsTo(slot.Name, cancellation))
        {
            var model = _graphs.ModelOf(assignment.SyntaxTree);
            if (SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(assignment.Left, cancellation).Symbol?.OriginalDefinition, slot))
            {
                var value = SlotValueOf(slot, role, model.GetOperation(assignment.Right, cancellation), assignment, cancellation);
                foreach (var creation in TablesAssigned(assignment, model, cancellation))
                {
                    AddSlot(creation, value);
                }
            }
        }

        foreach (var initializer in slot.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<PropertyDeclarationSyntax>().Select(declaration => declaration.Initializer).OfType<EqualsValueClauseSyntax>())
        {
            _looseSlots.Add(SlotValueOf(slot, role, _graphs.ModelOf(initializer.SyntaxTree).GetOperation(initializer.Value, cancellation), initializer, cancellation));
        }
    }

    private SlotValue SlotValueOf(ISymbol slot, Role role, IOperation? value, SyntaxNode site, CancellationToken cancellation)
    {
        var resolved = _resolver.Resolve(value, cancellation);
        var isUnknown = resolved.IsUnknown || !resolved.Creations.IsEmpty || (resolved.MayBeNull && !resolved.Functions.IsEmpty)
            || site is AssignmentExpressionSyntax assignment && !SourceIndex.Replaces(assignment);
        var slotValue = new SlotValue(slot, role, resolved.Functions, isUnknown, site);
        _looseSlots.Add(slotValue);
        return slotValue;
    }

    /// <summary>The creations whose slot the assignment fills: the one whose initializer it stands in, or those its target may be.</summary>
    private IEnumerable<SyntaxNode> TablesAssigned(AssignmentExpressionSyntax assignment, SemanticModel model, CancellationToken cancellation) => assignment switch
    {
        { Parent: InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } } => [creation],
        { Left: MemberAccessExpressionSyntax { Expression: var target } } => _resolver.Resolve(model.GetOperation(target, cancellation), cancellation).Creations.Select(creation => creation.Syntax),
        _ => [],
    };

    private void BindArguments(IParameterSymbol parameter, IMethodSymbol method, Role role, CancellationToken cancellation)
    {
        var name = method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name;
        foreach (var call in _index.CallsOf(name, cancellation))
        {
            var (called, arguments) = _graphs.ModelOf(call.SyntaxTree).GetOperation(call, cancellation) switch
            {
                IInvocationOperation invocation => (invocation.TargetMethod, invocation.Arguments),
                IObjectCreationOperation creation => (creation.Constructor, creation.Arguments),
                _ => (null, []),
            };
            if (SymbolEqualityComparer.Default.Equals(called?.OriginalDefinition, method.OriginalDefinition)
                && arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal && argument.ArgumentKind == ArgumentKind.Explicit) is { } passed)
            {
                var value = SlotValueOf(parameter, role, passed.Value, passed.Syntax, cancellation);
                if (call is BaseObjectCreationExpressionSyntax)
                {
                    AddSlot(call, value);
                }
            }
        }
    }

    /// <summary>Delegate types that are marked themselves: whatever is converted to one plays its role.</summary>
    private void BindConversions(CancellationToken cancellation)
    {
        var delegates = _protocols.CarrierTypes
            .Where(type => type.TypeKind == TypeKind.Delegate && _protocols.Get(type).Role is not null)
            .ToArray();
        if (delegates.Length == 0)
        {
            return;
        }

        foreach (var expression in _index.NodesOf<ExpressionSyntax>(cancellation).Where(MayBeFunction))
        {
            var model = _graphs.ModelOf(expression.SyntaxTree);
            if (model.GetTypeInfo(expression, cancellation).ConvertedType is INamedTypeSymbol converted && _protocols.Get(converted).Role is { } role && converted.TypeKind == TypeKind.Delegate)
            {
                SlotValueOf(converted, role, model.GetOperation(expression, cancellation), expression, cancellation);
            }
        }
    }

    /// <summary>A lambda, or a name in a place where a method group can stand as a value.</summary>
    private static bool MayBeFunction(ExpressionSyntax expression) => expression switch
    {
        AnonymousFunctionExpressionSyntax => true,
        IdentifierNameSyntax or MemberAccessExpressionSyntax => expression.Parent
            is ArgumentSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax or ConditionalExpressionSyntax or CastExpressionSyntax
            || (expression.Parent is AssignmentExpressionSyntax assignment && assignment.Right == expression),
        _ => false,
    };

    private IEnumerable<SyntaxNode> EmptyTables(CancellationToken cancellation)
    {
        var tableTypes = _protocols.CarrierTypes
            .Where(type => OperationTables.IsTable(type, _protocols))
            .ToArray();
        return tableTypes
            .SelectMany(type => _index.CallsOf(type.Name, cancellation))
            .Where(call => call is BaseObjectCreationExpressionSyntax
                && _graphs.ModelOf(call.SyntaxTree).GetTypeInfo(call, cancellation).Type is INamedTypeSymbol type
                && tableTypes.Contains(type.OriginalDefinition, SymbolEqualityComparer.Default));
    }

    private void AddSlot(SyntaxNode creation, SlotValue value)
    {
        if (!_slots.TryGetValue(creation, out var slots))
        {
            _slots[creation] = slots = [];
        }

        slots.Add(value);
    }

    private void AddTable(SyntaxNode creation)
    {
        if (_graphs.ModelOf(creation.SyntaxTree).GetTypeInfo(creation).Type is not INamedTypeSymbol type)
        {
            return;
        }

        var given = _slots.TryGetValue(creation, out var slots) ? slots : [];
        var defaults = _looseSlots.Where(slot => slot.Site is EqualsValueClauseSyntax
            && SymbolEqualityComparer.Default.Equals(slot.Slot.ContainingType, type.OriginalDefinition)
            && !given.Any(other => SymbolEqualityComparer.Default.Equals(other.Slot, slot.Slot)));
        _tables[creation] = new OperationTable(
            creation, type, [.. given.GroupBy(slot => slot.Slot, SymbolEqualityComparer.Default).Select(Merge), .. defaults, .. OverridesIn(type)]);
    }

    /// <summary>The table that an object of the type is by the methods it overrides.</summary>
    private OperationTable TableOf(INamedTypeSymbol type, SyntaxNode site) => new(site, type, [.. OverridesIn(type)]);

    /// <summary>The role methods that the type or a base of it fills with a body of its own; what the marked method itself does counts as empty.</summary>
    private IEnumerable<SlotValue> OverridesIn(INamedTypeSymbol type)
    {
        foreach (var (method, role) in OperationTables.RoleMethods(type, _protocols))
        {
            if (CallTargets.Implementation(type, method) is { IsAbstract: false, DeclaringSyntaxReferences: [var declaration, ..] } body && !SymbolEqualityComparer.Default.Equals(body, method))
            {
                yield return new SlotValue(method, role, [new BoundFunction(body, null)], false, declaration.GetSyntax());
            }
        }
    }

    private static SlotValue Merge(IEnumerable<SlotValue> values) => values.Aggregate(static (first, second) => first with
    {
        Functions = [.. first.Functions.Concat(second.Functions).GroupBy(function => function.Function, SymbolEqualityComparer.Default).Select(group => group.First())],
        IsUnknown = first.IsUnknown || second.IsUnknown,
    });

    private void BindFunctions()
    {
        foreach (var table in _tables.Values.OrderBy(table => table.Creation.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(table => table.Creation.SpanStart))
        {
            foreach (var slot in table.Slots)
            {
                Bind(slot, table);
            }
        }

        foreach (var slot in _looseSlots)
        {
            Bind(slot, null);
        }
    }

    private void Bind(SlotValue slot, OperationTable? table)
    {
        foreach (var function in slot.Functions.SelectMany(function => _forwarding.PlayersOf(function.Function)))
        {
            var key = function.OriginalDefinition;
            if (!_bindings.TryGetValue(key, out var bindings))
            {
                _bindings[key] = bindings = [];
            }

            if (!bindings.Any(known => known.Role == slot.Role && (ReferenceEquals(known.Table, table) || table is null)))
            {
                bindings.Add(new RoleBinding(slot.Role, table));
            }
        }
    }
}
