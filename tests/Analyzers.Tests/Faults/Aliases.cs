using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>
/// Which names of a program stand for the same values, as far as its assignments, arguments and returns tell: coarse, and taking no account of the order. It is
/// the planter's own view, made without the engine that it tests.
/// </summary>
internal sealed class Aliases
{
    private readonly Dictionary<ISymbol, ISymbol> _links = new(SymbolEqualityComparer.Default);
    private readonly SemanticModel _model;

    public Aliases(SemanticModel model, SyntaxNode root)
    {
        _model = model;
        foreach (var node in root.DescendantNodes())
        {
            foreach (var (left, right) in PairsOf(node))
                Link(left, right);
        }
    }

    public bool AreSame(ISymbol? left, ISymbol? right) =>
        left is not null && right is not null && SymbolEqualityComparer.Default.Equals(Find(left), Find(right));

    /// <summary>The name that a value is reached by: a variable, a member, a parameter, or the function that returned it.</summary>
    public ISymbol? NamedBy(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => NamedBy(inner.Expression),
        CastExpressionSyntax cast => NamedBy(cast.Expression),
        AwaitExpressionSyntax awaited => NamedBy(awaited.Expression),
        PostfixUnaryExpressionSyntax suppressed when suppressed.IsKind(SyntaxKind.SuppressNullableWarningExpression) => NamedBy(suppressed.Operand),
        ElementAccessExpressionSyntax element => NamedBy(element.Expression),
        AssignmentExpressionSyntax assignment => NamedBy(assignment.Left),
        ConditionalExpressionSyntax choice => NamedBy(choice.WhenTrue) ?? NamedBy(choice.WhenFalse),
        BinaryExpressionSyntax coalesced when coalesced.IsKind(SyntaxKind.CoalesceExpression) => NamedBy(coalesced.Left),
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation } => _model.GetDeclaredSymbol((SyntaxNode)designation),
        InvocationExpressionSyntax call when Arguments.ListOf(call).FirstOrDefault() is { RefKindKeyword.RawKind: not 0 } exchanged && !IsDeclaredHere(call) => NamedBy(exchanged.Expression),
        InvocationExpressionSyntax call when IsHandle(call) => Arguments.ListOf(call).FirstOrDefault() is { } handle ? NamedBy(handle.Expression) : null,
        InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax => IsDeclaredHere(expression) ? SymbolOf(expression) : null,
        IdentifierNameSyntax or MemberAccessExpressionSyntax => SymbolOf(expression) is ILocalSymbol or IFieldSymbol or IParameterSymbol or IPropertySymbol ? SymbolOf(expression) : null,
        _ => null,
    };

    /// <summary>What the result of a call goes to.</summary>
    public ISymbol? TakerOf(ExpressionSyntax call)
    {
        SyntaxNode node = call;
        while (node.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax or ConditionalExpressionSyntax or PostfixUnaryExpressionSyntax)
            node = node.Parent;
        return node.Parent switch
        {
            AssignmentExpressionSyntax assignment => NamedBy(assignment.Left),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => _model.GetDeclaredSymbol(variable),
            ReturnStatementSyntax or ArrowExpressionClauseSyntax => _model.GetDeclaredSymbol(Site.FunctionOf(node)),
            ArgumentSyntax { Parent.Parent: ExpressionSyntax outer } argument => ParameterOf(outer, argument),
            _ => null,
        };
    }

    private IEnumerable<(ISymbol? Left, ISymbol? Right)> PairsOf(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => [(NamedBy(assignment.Left), NamedBy(assignment.Right))],
        VariableDeclaratorSyntax { Initializer.Value: { } value } variable => [(_model.GetDeclaredSymbol(variable), NamedBy(value))],
        IsPatternExpressionSyntax { Pattern: RecursivePatternSyntax { Designation: { } name } } test => [(_model.GetDeclaredSymbol((SyntaxNode)name), NamedBy(test.Expression))],
        ForEachStatementSyntax loop => [(_model.GetDeclaredSymbol(loop), NamedBy(loop.Expression))],
        ReturnStatementSyntax { Expression: { } returned } => [(_model.GetDeclaredSymbol(Site.FunctionOf(node)), NamedBy(returned))],
        ArrowExpressionClauseSyntax arrow => [(_model.GetDeclaredSymbol(Site.FunctionOf(node)), NamedBy(arrow.Expression))],
        ArgumentSyntax { Parent.Parent: ExpressionSyntax call } argument => [(ParameterOf(call, argument) ?? CollectionOf(call), NamedBy(argument.Expression))],
        _ => [],
    };

    private ISymbol? ParameterOf(ExpressionSyntax call, ArgumentSyntax argument) => IsDeclaredHere(call) && SymbolOf(call) is IMethodSymbol method
        ? method.OriginalDefinition.Parameters.ElementAtOrDefault(Arguments.ListOf(call).ToList().IndexOf(argument))
        : null;

    private ISymbol? CollectionOf(ExpressionSyntax call) =>
        call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "Push" or "Enqueue" } access } ? NamedBy(access.Expression) : null;

    /// <summary>Whether the call makes a number of a handle, or a handle of a number.</summary>
    private bool IsHandle(InvocationExpressionSyntax call) => SymbolOf(call) is IMethodSymbol { Name: "ToIntPtr" or "FromIntPtr" };

    private bool IsDeclaredHere(ExpressionSyntax call) => SymbolOf(call) is { DeclaringSyntaxReferences.IsEmpty: false };

    private ISymbol? SymbolOf(ExpressionSyntax expression) => _model.GetSymbolInfo(expression).Symbol?.OriginalDefinition;

    private void Link(ISymbol? left, ISymbol? right)
    {
        if (left is not null && right is not null && !AreSame(left, right))
            _links[Find(left)] = Find(right);
    }

    private ISymbol Find(ISymbol symbol)
    {
        symbol = symbol.OriginalDefinition;
        while (_links.TryGetValue(symbol, out var next))
            symbol = next;
        return symbol;
    }
}
