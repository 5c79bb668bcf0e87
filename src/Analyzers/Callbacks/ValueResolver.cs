using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Callbacks;

/// <summary>What an expression may evaluate to: functions, newly created objects and null; anything else is unknown.</summary>
internal sealed record ResolvedValues(ImmutableArray<BoundFunction> Functions, ImmutableArray<IObjectCreationOperation> Creations, bool MayBeNull, bool IsUnknown)
{
    public static readonly ResolvedValues Unknown = new([], [], false, true);
    public static readonly ResolvedValues Null = new([], [], true, false);
    public static readonly ResolvedValues Nothing = new([], [], false, false);

    public ResolvedValues With(ResolvedValues other) =>
        new(
            [.. Functions.Concat(other.Functions).GroupBy(function => function.Function, SymbolEqualityComparer.Default).Select(group => group.First())],
            [.. Creations.Concat(other.Creations).GroupBy(creation => creation.Syntax).Select(group => group.First())],
            MayBeNull || other.MayBeNull,
            IsUnknown || other.IsUnknown);
}

/// <summary>
/// Traces an expression back to the functions and object creations it may stand for: through locals, fields, properties, parameters,
/// conditionals and methods of the compilation, without regard to order.
/// </summary>
internal sealed class ValueResolver(FunctionGraphs graphs, SourceIndex index)
{
    private const int MaxDepth = 16;

    public ResolvedValues Resolve(IOperation? operation, CancellationToken cancellation) => Resolve(operation, new Walk(cancellation));

    /// <summary>All that a field or property of the compilation is ever given.</summary>
    public ResolvedValues ResolveMember(ISymbol member, CancellationToken cancellation) => ResolveMember(member, new Walk(cancellation));

    private ResolvedValues Resolve(IOperation? operation, Walk walk)
    {
        if (!walk.TryEnter(operation?.Syntax))
        {
            return walk.IsTooDeep ? ResolvedValues.Unknown : ResolvedValues.Nothing;
        }

        try
        {
            return operation switch
            {
                null => ResolvedValues.Unknown,
                { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation => ResolvedValues.Null,
                IConversionOperation conversion => Resolve(conversion.Operand, walk),
                IParenthesizedOperation parenthesized => Resolve(parenthesized.Operand, walk),
                IDelegateCreationOperation creation => Resolve(creation.Target, walk),
                IMethodReferenceOperation method => Function(method.Method, method.Instance),
                IAnonymousFunctionOperation lambda => Function(lambda.Symbol, null),
                IObjectCreationOperation creation => new ResolvedValues([], [creation], false, false),
                IConditionalOperation { WhenFalse: not null } conditional => Resolve(conditional.WhenTrue, walk).With(Resolve(conditional.WhenFalse, walk)),
                ICoalesceOperation coalesce => Resolve(coalesce.Value, walk).With(Resolve(coalesce.WhenNull, walk)),
                ICoalesceAssignmentOperation coalesce => Resolve(coalesce.Target, walk).With(Resolve(coalesce.Value, walk)),
                ISimpleAssignmentOperation assignment => Resolve(assignment.Value, walk),
                ISwitchExpressionOperation choice => choice.Arms.Select(arm => Resolve(arm.Value, walk)).Aggregate(ResolvedValues.Nothing, static (left, right) => left.With(right)),
                IThrowOperation => ResolvedValues.Nothing,
                ILocalReferenceOperation local => ResolveLocal(local, walk),
                IFieldReferenceOperation field => ResolveMember(field.Field, walk),
                IPropertyReferenceOperation property => ResolveMember(property.Property, walk),
                IParameterReferenceOperation parameter => ResolveParameter(parameter.Parameter, walk),
                IInvocationOperation invocation => ResolveReturn(invocation.TargetMethod, walk),
                _ => ResolvedValues.Unknown,
            };
        }
        finally
        {
            walk.Leave();
        }
    }

    private static ResolvedValues Function(IMethodSymbol function, IOperation? receiver) => new([new BoundFunction(function, receiver)], [], false, false);

    private ResolvedValues ResolveLocal(ILocalReferenceOperation reference, Walk walk)
    {
        var local = reference.Local;
        var values = ResolvedValues.Nothing;
        var declaration = local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(walk.Cancellation);
        if (declaration is VariableDeclaratorSyntax { Initializer.Value: { } initial })
        {
            values = Resolve(OperationOf(initial), walk);
        }
        else if (declaration is not VariableDeclaratorSyntax)
        {
            return ResolvedValues.Unknown;
        }

        return values.With(ResolveAssignments(local, walk));
    }

    private ResolvedValues ResolveMember(ISymbol member, Walk walk)
    {
        member = member.OriginalDefinition;
        if (member.DeclaringSyntaxReferences.IsEmpty)
        {
            return ResolvedValues.Unknown;
        }

        var values = ResolvedValues.Nothing;
        foreach (var declaration in member.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(walk.Cancellation)))
        {
            switch (declaration)
            {
                case VariableDeclaratorSyntax { Initializer.Value: { } initial }:
                    values = values.With(Resolve(OperationOf(initial), walk));
                    break;
                case PropertyDeclarationSyntax { Initializer.Value: { } initial }:
                    values = values.With(Resolve(OperationOf(initial), walk));
                    break;
                case ParameterSyntax when member is IPropertySymbol:
                    return ResolvedValues.Unknown;
            }
        }

        if (member is IPropertySymbol { GetMethod: { } getter })
        {
            values = values.With(ResolveReturnExpressions(getter, walk));
        }

        return values.With(ResolveAssignments(member, walk));
    }

    private ResolvedValues ResolveAssignments(ISymbol variable, Walk walk)
    {
        var values = ResolvedValues.Nothing;
        foreach (var assignment in index.AssignmentsTo(variable.Name, walk.Cancellation))
        {
            if (SymbolEqualityComparer.Default.Equals(ModelOf(assignment).GetSymbolInfo(assignment.Left, walk.Cancellation).Symbol?.OriginalDefinition, variable))
            {
                values = values.With(SourceIndex.Replaces(assignment) ? Resolve(OperationOf(assignment.Right), walk) : ResolvedValues.Unknown);
            }
        }

        return values;
    }

    private ResolvedValues ResolveParameter(IParameterSymbol parameter, Walk walk)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } method || method.MethodKind == MethodKind.AnonymousFunction)
        {
            return ResolvedValues.Unknown;
        }

        var name = method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name;
        var values = ResolvedValues.Nothing;
        var calls = 0;
        foreach (var call in index.CallsOf(name, walk.Cancellation))
        {
            var arguments = OperationOf(call) switch
            {
                IInvocationOperation invocation when IsSame(invocation.TargetMethod, method) => invocation.Arguments,
                IObjectCreationOperation creation when IsSame(creation.Constructor, method) => creation.Arguments,
                _ => [],
            };
            if (arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is { } passed)
            {
                calls++;
                values = values.With(Resolve(passed.Value, walk));
            }
        }

        // Which call made which table is not told apart, so several calls leave the slot in doubt.
        return calls == 1 ? values : values.With(ResolvedValues.Unknown);
    }

    private static bool IsSame(IMethodSymbol? called, IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(called?.OriginalDefinition, method.OriginalDefinition);

    private ResolvedValues ResolveReturn(IMethodSymbol method, Walk walk) =>
        method.DeclaringSyntaxReferences.IsEmpty || method.IsAbstract || method.IsVirtual || method.IsOverride
            ? ResolvedValues.Unknown
            : ResolveReturnExpressions(method.OriginalDefinition, walk);

    private ResolvedValues ResolveReturnExpressions(IMethodSymbol method, Walk walk)
    {
        var values = ResolvedValues.Nothing;
        foreach (var declaration in method.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(walk.Cancellation)))
        {
            foreach (var returned in ReturnExpressions(declaration))
            {
                values = values.With(Resolve(OperationOf(returned), walk));
            }
        }

        return values;
    }

    private static IEnumerable<ExpressionSyntax> ReturnExpressions(SyntaxNode declaration) => declaration
        .DescendantNodesAndSelf(node => node == declaration || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .Select(node => node switch
        {
            ReturnStatementSyntax { Expression: { } returned } => returned,
            ArrowExpressionClauseSyntax arrow when arrow == declaration || arrow.Parent == declaration => arrow.Expression,
            _ => null,
        })
        .OfType<ExpressionSyntax>();

    private SemanticModel ModelOf(SyntaxNode node) => graphs.ModelOf(node.SyntaxTree);

    /// <summary>The operation of an expression; a bare method group has one only as part of what it is converted to.</summary>
    private IOperation? OperationOf(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
        {
            expression = expression is ParenthesizedExpressionSyntax parenthesized ? parenthesized.Expression : ((PostfixUnaryExpressionSyntax)expression).Operand;
        }

        return ModelOf(expression).GetOperation(expression);
    }

    private sealed class Walk(CancellationToken cancellation)
    {
        private readonly List<SyntaxNode?> _entered = [];

        public CancellationToken Cancellation { get; } = cancellation;

        public bool IsTooDeep => _entered.Count >= MaxDepth;

        public bool TryEnter(SyntaxNode? syntax)
        {
            Cancellation.ThrowIfCancellationRequested();
            if (IsTooDeep || (syntax is not null && _entered.Count(entered => entered == syntax) > 4))
            {
                return false;
            }

            _entered.Add(syntax);
            return true;
        }

        public void Leave() => _entered.RemoveAt(_entered.Count - 1);
    }
}
