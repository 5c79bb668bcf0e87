using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.CodeFixes.Writing;

/// <summary>Writes what a rule proposes so that it means the same where it is put: with names as short as the usings allow.</summary>
internal static class Phrasing
{
    /// <summary>The proposed statements, or none if one of them would not compile at the place or not mean what was meant.</summary>
    /// <param name="text">Statements, one a line, in which <paramref name="placeholder"/> may stand for a value.</param>
    /// <param name="place">A node in whose scope the statements are to run.</param>
    /// <param name="model">The model of the file that the node stands in.</param>
    /// <param name="placeholder">What stands for a value that has no name yet. It is kept.</param>
    /// <param name="value">The expression that the placeholder stands for.</param>
    public static ImmutableArray<string> Statements(string text, SyntaxNode place, SemanticModel model, string? placeholder = null, string? value = null)
    {
        var statements = ImmutableArray.CreateBuilder<string>();
        foreach (var line in text.Split('\n'))
        {
            var bound = placeholder is null ? line : line.Replace(placeholder, value);
            if (SyntaxFactory.ParseStatement(bound) is not ExpressionStatementSyntax { ContainsDiagnostics: false } statement || !Binds(statement.Expression, place, model))
            {
                return [];
            }

            statements.Add(Shortenings(statement, place, model).Aggregate(line, static (written, name) => written.Replace(name.Long, name.Short)));
        }

        return statements.ToImmutable();
    }

    /// <summary>A constant of an enumeration under the name that the type has at the place; other constants as they are.</summary>
    public static string Constant(string text, ITypeSymbol type, SyntaxNode place, SemanticModel model) =>
        type.TypeKind == TypeKind.Enum && text.LastIndexOf('.') is > 0 and var dot
            ? type.ToMinimalDisplayString(model, place.SpanStart) + text.Substring(dot)
            : text;

    /// <summary>The condition under which a value is, or is not, the constant.</summary>
    public static string Condition(string value, string constant, bool isEqual) => constant switch
    {
        "true" => isEqual ? value : "!" + value,
        "false" => isEqual ? "!" + value : value,
        _ => $"{value} {(isEqual ? "==" : "!=")} {constant}",
    };

    private static bool Binds(ExpressionSyntax expression, SyntaxNode place, SemanticModel model) => expression switch
    {
        PostfixUnaryExpressionSyntax postfix => Binds(postfix.Operand, place, model),
        PrefixUnaryExpressionSyntax prefix => Binds(prefix.Operand, place, model),
        _ => SymbolOf(expression, place, model) is not null,
    } && !expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => IsReassigned(name, place, model));

    /// <summary>Names in the statement that can be written shorter at the place.</summary>
    private static IEnumerable<(string Long, string Short)> Shortenings(SyntaxNode statement, SyntaxNode place, SemanticModel model)
    {
        foreach (var member in statement.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
        {
            if (SymbolOf(member, place, model) is INamedTypeSymbol type)
            {
                yield return (member.ToString(), type.ToMinimalDisplayString(model, place.SpanStart));
            }
            else if (SymbolOf(member.Expression, place, model) is INamedTypeSymbol && SymbolOf(member.Name, place, model) is { } symbol && SymbolEqualityComparer.Default.Equals(symbol, SymbolOf(member, place, model)))
            {
                yield return (member.ToString(), member.Name.ToString());
            }
        }
    }

    private static ISymbol? SymbolOf(ExpressionSyntax expression, SyntaxNode place, SemanticModel model) =>
        model.GetSpeculativeSymbolInfo(place.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Symbol;

    /// <summary>Whether the name is a parameter that no longer holds what the caller passed.</summary>
    private static bool IsReassigned(IdentifierNameSyntax name, SyntaxNode place, SemanticModel model) =>
        name.Parent is not MemberAccessExpressionSyntax { Name: var member } || member != name
            ? SymbolOf(name, place, model) is IParameterSymbol parameter && FunctionBody.Around(place) is { } function && WritesTo(function, parameter.Name)
            : false;

    private static bool WritesTo(SyntaxNode function, string parameter) => function.DescendantNodes().Any(node => node switch
    {
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } => left.Identifier.ValueText == parameter,
        ArgumentSyntax { Expression: IdentifierNameSyntax passed, RefKindKeyword.RawKind: not 0 } => passed.Identifier.ValueText == parameter,
        _ => false,
    });
}
