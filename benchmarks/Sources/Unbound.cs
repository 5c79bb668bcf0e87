using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.Benchmarks.Sources;

/// <summary>Takes from sources whatever mentions a name that a protocol describes: bodies throw instead, and what they declare is called otherwise.</summary>
internal sealed partial class Unbound(Func<string, bool> isDescribed) : CSharpSyntaxRewriter
{
    private static readonly ExpressionSyntax Throw = SyntaxFactory.ParseExpression("throw null!");

    /// <summary>The source without such names.</summary>
    public string Rewrite(string source) => Visit(Corpus.Parse(source, 0).GetRoot()).ToFullString();

    /// <inheritdoc/>
    public override SyntaxNode VisitBlock(BlockSyntax node) =>
        Mentions(node) ? SyntaxFactory.Block(SyntaxFactory.ParseStatement("throw null!;")).WithTriviaFrom(node) : node;

    /// <inheritdoc/>
    public override SyntaxNode VisitArrowExpressionClause(ArrowExpressionClauseSyntax node) => Mentions(node) ? node.WithExpression(Throw) : node;

    /// <inheritdoc/>
    public override SyntaxToken VisitToken(SyntaxToken token) => token.IsKind(SyntaxKind.IdentifierToken) && isDescribed(token.ValueText)
        ? SyntaxFactory.Identifier(token.LeadingTrivia, $"Other{token.ValueText}", token.TrailingTrivia)
        : token;

    /// <summary>In comments and strings too, as the analyzers look at words before they look at what they are.</summary>
    private bool Mentions(SyntaxNode node) => Word().Matches(node.ToString()).Any(word => isDescribed(word.Value));

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
