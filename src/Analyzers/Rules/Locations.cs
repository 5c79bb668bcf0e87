using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.Rules;

/// <summary>Where findings stand. A squiggle stays within one line.</summary>
internal static class Locations
{
    public static Location OfName(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax method => method.Identifier.GetLocation(),
        LocalFunctionStatementSyntax local => local.Identifier.GetLocation(),
        PropertyDeclarationSyntax property => property.Identifier.GetLocation(),
        AccessorDeclarationSyntax accessor => accessor.Keyword.GetLocation(),
        LambdaExpressionSyntax lambda => FirstLineOf(lambda),
        _ => FirstLineOf(declaration),
    };

    /// <summary>The node, or its first line if it has several.</summary>
    public static Location FirstLineOf(SyntaxNode node)
    {
        var lines = node.SyntaxTree.GetText().Lines;
        var line = lines.GetLineFromPosition(node.SpanStart);
        return node.Span.End <= line.End ? node.GetLocation() : Location.Create(node.SyntaxTree, TextSpan.FromBounds(node.SpanStart, line.End));
    }

    /// <summary>Where a return stands: the whole statement, or the expression of an expression body.</summary>
    public static Location OfExit(SyntaxNode? site, SyntaxNode declaration)
    {
        if (site is null)
        {
            return OfName(declaration);
        }

        for (var node = site; node is not null && node != declaration; node = node.Parent)
        {
            if (node is ReturnStatementSyntax)
            {
                return FirstLineOf(node);
            }

            if (node is StatementSyntax)
            {
                break;
            }
        }

        return FirstLineOf(site);
    }

    /// <summary>The places of a finding's story in order, without the finding's own and without repetition.</summary>
    public static IEnumerable<Location> OfStory(Location finding, IEnumerable<SyntaxNode?> story) =>
        story.OfType<SyntaxNode>().Select(FirstLineOf).Where(location => !location.Equals(finding)).Distinct();
}
