using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmapAnalyzers.Flow;

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

    /// <summary>Where a path leaves the function: a return statement, the expression of an expression body, or the name for the end of the body.</summary>
    public static Location OfExit(Exit exit, SyntaxNode declaration)
    {
        if ((exit.Site ?? BareReturnOf(exit)) is not { } site)
        {
            return OfName(declaration);
        }

        var statement = site.AncestorsAndSelf().TakeWhile(node => node != declaration).OfType<StatementSyntax>().FirstOrDefault();
        return FirstLineOf(statement as ReturnStatementSyntax ?? site);
    }

    /// <summary>
    /// A return without a value leaves no trace in the graph; it is the one in the branch that the path's last condition chose.
    /// </summary>
    private static ReturnStatementSyntax? BareReturnOf(Exit exit)
    {
        if (exit.Final.Trail.Steps().LastOrDefault(step => step.IsCondition) is not { } last)
        {
            return null;
        }

        var condition = last.Site;
        while (condition.Parent is ParenthesizedExpressionSyntax
            || (condition.Parent is BinaryExpressionSyntax parent && parent.IsKind(last.Kind == TrailKind.ConditionTrue ? SyntaxKind.LogicalOrExpression : SyntaxKind.LogicalAndExpression)))
        {
            condition = condition.Parent;
        }

        var chosen = condition.Parent switch
        {
            IfStatementSyntax choice when choice.Condition == condition => last.Kind == TrailKind.ConditionTrue ? choice.Statement : choice.Else?.Statement,
            _ => null,
        };
        return chosen?.DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
            .OfType<ReturnStatementSyntax>().LastOrDefault(statement => statement.Expression is null);
    }

    /// <summary>The places of a finding's story in order, without the finding's own and without repetition.</summary>
    public static IEnumerable<Location> OfStory(Location finding, IEnumerable<SyntaxNode?> story) =>
        story.OfType<SyntaxNode>().Select(FirstLineOf).Where(location => !location.Equals(finding)).Distinct();
}
