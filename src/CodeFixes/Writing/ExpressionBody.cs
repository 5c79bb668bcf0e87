using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.CodeFixes.Writing;

/// <summary>The expression body of a method, local function, accessor or lambda.</summary>
internal sealed class ExpressionBody
{
    private readonly SyntaxNode _owner;
    private readonly SyntaxToken _arrow;
    private readonly SyntaxToken _last;

    private ExpressionBody(SyntaxNode owner, ExpressionSyntax expression, SyntaxToken arrow, SyntaxToken last)
    {
        _owner = owner;
        _arrow = arrow;
        _last = last;
        Expression = expression;
    }

    public ExpressionSyntax Expression { get; }

    /// <summary>The expression body of a function, if that is what it has.</summary>
    public static ExpressionBody? Of(SyntaxNode? function) => function switch
    {
        BaseMethodDeclarationSyntax { ExpressionBody: { } arrow } method => new(method, arrow.Expression, arrow.ArrowToken, method.SemicolonToken),
        LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local => new(local, arrow.Expression, arrow.ArrowToken, local.SemicolonToken),
        AccessorDeclarationSyntax { ExpressionBody: { } arrow } accessor => new(accessor, arrow.Expression, arrow.ArrowToken, accessor.SemicolonToken),
        LambdaExpressionSyntax { ExpressionBody: { } body } lambda => new(lambda, body, lambda.ArrowToken, body.GetLastToken()),
        _ => null,
    };

    /// <summary>The body that the expression is the whole of.</summary>
    public static ExpressionBody? Around(ExpressionSyntax expression) =>
        Of(expression.Parent is ArrowExpressionClauseSyntax arrow ? arrow.Parent : expression.Parent) is { } body && body.Expression == expression ? body : null;

    /// <summary>Makes the body a block of the lines, in which the expression is written as <paramref name="lines"/> is told.</summary>
    public ImmutableArray<SourceChange> ToBlock(Func<string, ImmutableArray<string>> lines, SourceStyle style)
    {
        var before = _arrow.GetPreviousToken();
        var outer = style.Text.IndentationAt(_owner is LambdaExpressionSyntax ? _arrow.SpanStart : _owner.SpanStart);
        var inner = outer + style.Indentation;
        var comments = Comments().Select(trivia => trivia.ToString());
        var body = style.Lines([.. comments, .. lines(Reindented(style.Text, inner))], inner);
        var block = (style.BracesOnOwnLine ? style.NewLine + outer + "{" : " {") + style.NewLine + body + outer + "}";
        var start = _owner is LambdaExpressionSyntax ? _arrow.Span.End : before.Span.End;
        return [SourceChange.Replace(_owner.SyntaxTree, TextSpan.FromBounds(start, _last.Span.End), block)];
    }

    /// <summary>Comments beside the expression, which would be lost with the arrow.</summary>
    private IEnumerable<SyntaxTrivia> Comments() =>
        new[] { _arrow.GetPreviousToken().TrailingTrivia.Where(_ => _owner is not LambdaExpressionSyntax), _arrow.LeadingTrivia, _arrow.TrailingTrivia, Expression.GetLeadingTrivia(), Expression.GetTrailingTrivia().Where(_ => _owner is not LambdaExpressionSyntax) }
            .SelectMany(trivia => trivia)
            .Where(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
            .Distinct();

    /// <summary>The expression, whose further lines move with its first.</summary>
    private string Reindented(SourceText text, string indentation)
    {
        var written = Expression.ToString();
        var old = text.IndentationAt(Expression.SpanStart);
        var movesRight = indentation.Length > old.Length && indentation.StartsWith(old, StringComparison.Ordinal);
        if (!movesRight || Expression.DescendantTokens().Any(token => !text.AreOnOneLine(token.Span)))
        {
            return written;
        }

        return written.Replace("\n" + old, "\n" + indentation);
    }
}
