using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.CodeFixes.Writing;

/// <summary>Names for the locals that repairs introduce, apart from all that is in scope and from each other.</summary>
internal sealed class LocalNames
{
    private readonly List<(SyntaxNode Scope, string Name, ITypeSymbol Type)> _introduced = [];

    /// <summary>A local that is free to take a value: an earlier one that nobody reads any more, or a new one.</summary>
    /// <returns>The name, and whether the local must be declared.</returns>
    public (string Name, bool IsNew) Take(SyntaxNode place, string preferred, ITypeSymbol type, SemanticModel model) =>
        IsDone(place, preferred, type, model) ? (preferred, false) : (TakeNew(place, preferred, type, model), true);

    public string TakeNew(SyntaxNode place, string preferred, ITypeSymbol type, SemanticModel model)
    {
        var scope = ScopeOf(place);
        var name = preferred;
        for (var number = 1; IsTaken(scope, place.SpanStart, name, model); number++)
        {
            name = preferred + number.ToString(CultureInfo.InvariantCulture);
        }

        _introduced.Add((scope, name, type));
        return name;
    }

    /// <summary>What a declaration of the local begins with.</summary>
    public static string TypeName(ITypeSymbol type, ExpressionSyntax value, SemanticModel model, SourceStyle style) =>
        style.UsesVar && SymbolEqualityComparer.IncludeNullability.Equals(model.GetTypeInfo(value).Type, type)
            ? "var"
            : type.ToMinimalDisplayString(model, value.SpanStart);

    private bool IsTaken(SyntaxNode scope, int position, string name, SemanticModel model) =>
        !model.LookupSymbols(position, name: name).IsEmpty
        || scope.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name)
        || _introduced.Any(known => known.Name == name && (known.Scope.Contains(scope) || scope.Contains(known.Scope)));

    /// <summary>Whether a local of the name and type was declared ahead of the place, is not used behind it, and the place is not run again.</summary>
    private bool IsDone(SyntaxNode place, string name, ITypeSymbol type, SemanticModel model)
    {
        var local = model.LookupSymbols(place.SpanStart, name: name).OfType<ILocalSymbol>().FirstOrDefault();
        var known = _introduced.FirstOrDefault(known => known.Name == name && known.Scope.Contains(place));
        var (scope, ownType) = local is { IsConst: false, IsRef: false, IsUsing: false, IsForEach: false, IsFixed: false }
            && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax declared } } && declared.Span.End <= place.SpanStart
            ? (ScopeOf(declared), local.Type)
            : local is null && known.Scope is not null ? (known.Scope, known.Type) : (null, null);
        return scope is not null
            && SymbolEqualityComparer.Default.Equals(ownType, type)
            && !place.Ancestors().TakeWhile(node => node != scope).Any(RunsAgain)
            && !scope.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name && token.SpanStart >= place.SpanStart)
            && !scope.DescendantNodes().OfType<AnonymousFunctionExpressionSyntax>().Any(function => Mentions(function, name));
    }

    private static bool Mentions(SyntaxNode node, string name) => node.DescendantTokens().Any(token => token.ValueText == name);

    private static bool RunsAgain(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax || FunctionBody.IsFunction(node);

    /// <summary>The block, switch or expression body that a local declared at the place lives in.</summary>
    private static SyntaxNode ScopeOf(SyntaxNode place) => place.Parent switch
    {
        BlockSyntax block => block,
        SwitchSectionSyntax section => section.Parent!,
        LabeledStatementSyntax label => ScopeOf(label),
        _ => place,
    };
}
