using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.CodeFixes.Writing;

/// <summary>Puts statements into a function so that every call of it runs them once.</summary>
internal static class FunctionBody
{
    public static ImmutableArray<SourceChange> Add(SyntaxNode function, ImmutableArray<string> statements, SemanticModel model, SourceStyle style)
    {
        if (ExpressionBody.Of(function) is { } expression)
        {
            return ReturnsNothing(function, model)
                ? expression.ToBlock(text => [text + ";", .. statements], style)
                : expression.ToBlock(text => [.. statements, $"return {text};"], style);
        }

        return BlockOf(function) switch
        {
            null => [],
            { Statements: [] } block => [Fill(block, statements, style)],
            var block when RunsToItsEnd(block, model) => new StatementRewrite(block.Statements.Last(), style) { After = statements }.Changes(),
            var block => new StatementRewrite(block.Statements[0], style) { Before = statements }.Changes(),
        };
    }

    /// <summary>The block or the expression of a function, if it has a body.</summary>
    public static SyntaxNode? Of(SyntaxNode function) => (SyntaxNode?)BlockOf(function) ?? ExpressionBody.Of(function)?.Expression;

    public static BlockSyntax? BlockOf(SyntaxNode? function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.Body,
        LocalFunctionStatementSyntax local => local.Body,
        AccessorDeclarationSyntax accessor => accessor.Body,
        AnonymousFunctionExpressionSyntax anonymous => anonymous.Block,
        _ => null,
    };

    /// <summary>The function that a node stands in.</summary>
    public static SyntaxNode? Around(SyntaxNode node) => node.AncestorsAndSelf().FirstOrDefault(IsFunction);

    public static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or AnonymousFunctionExpressionSyntax;

    /// <summary>The nodes of a function that are not part of a function within it.</summary>
    public static IEnumerable<SyntaxNode> OwnNodes(SyntaxNode function) => function.DescendantNodes(node => node == function || !IsFunction(node));

    private static bool ReturnsNothing(SyntaxNode function, SemanticModel model) =>
        (model.GetDeclaredSymbol(function) ?? model.GetSymbolInfo(function).Symbol) is IMethodSymbol { ReturnsVoid: true };

    /// <summary>Whether the only way out of the block, other than by an exception, is its end.</summary>
    private static bool RunsToItsEnd(BlockSyntax block, SemanticModel model) =>
        model.AnalyzeControlFlow(block) is { Succeeded: true, EndPointIsReachable: true, ReturnStatements.IsEmpty: true };

    private static SourceChange Fill(BlockSyntax block, ImmutableArray<string> statements, SourceStyle style)
    {
        var (open, close) = (block.OpenBraceToken, block.CloseBraceToken);
        var outer = style.Text.IndentationAt(block.SpanStart);
        var comments = open.TrailingTrivia.Concat(close.LeadingTrivia).Select(trivia => trivia.ToString().Trim()).Where(comment => comment.Length > 0).ToImmutableArray();
        if (statements.Length == 1 && comments.IsEmpty && style.Text.AreOnOneLine(block.Span))
        {
            return SourceChange.Replace(block.SyntaxTree, block.Span, $"{{ {statements[0]} }}");
        }

        if (!style.Text.AreOnOneLine(block.Span))
        {
            return SourceChange.Insert(block.SyntaxTree, style.Text.Lines.GetLineFromPosition(close.SpanStart).Start, style.Lines(statements, outer + style.Indentation));
        }

        var isFirst = style.Text.IsFirstOnLine(open);
        var header = isFirst ? "{" : style.BracesOnOwnLine ? style.NewLine + outer + "{" : " {";
        return SourceChange.Replace(
            block.SyntaxTree,
            TextSpan.FromBounds(isFirst ? block.SpanStart : open.GetPreviousToken().Span.End, block.Span.End),
            $"{header}{style.NewLine}{style.Lines([.. comments, .. statements], outer + style.Indentation)}{outer}}}");
    }
}
