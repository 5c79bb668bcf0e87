using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.CodeFixes.Writing;

/// <summary>Takes a statement out of its block, with its own comments.</summary>
internal static class StatementRemoval
{
    /// <summary>The change, or none if the statement is not one of several in a list, or shares its line with another.</summary>
    public static ImmutableArray<SourceChange> Of(StatementSyntax statement, SourceStyle style)
    {
        var (first, last) = (statement.GetFirstToken(), statement.GetLastToken());
        var hasNeighbours = statement.Parent is BlockSyntax { Statements.Count: > 1 } or SwitchSectionSyntax { Statements.Count: > 1 };
        return hasNeighbours && style.Text.IsFirstOnLine(first) && style.Text.IsLastOnLine(last)
            ? [SourceChange.Replace(statement.SyntaxTree, LinesOf(statement, style), string.Empty)]
            : [];
    }

    /// <summary>The lines of the statement, its own comments above it, and one of two blank lines that would meet.</summary>
    public static TextSpan LinesOf(StatementSyntax statement, SourceStyle style)
    {
        var text = style.Text;
        var (first, last) = (text.FirstOwnLine(statement.GetFirstToken()), text.Lines.GetLineFromPosition(statement.Span.End));
        var isBlankAbove = text.HasBlankLineAbove(first, statement.GetFirstToken());
        var isBlankBelow = last.LineNumber + 1 < text.Lines.Count && text.IsBlank(text.Lines[last.LineNumber + 1]);
        var endsBlock = statement.GetLastToken().GetNextToken().IsKind(SyntaxKind.CloseBraceToken);
        var beginsBlock = statement.GetFirstToken().GetPreviousToken().IsKind(SyntaxKind.OpenBraceToken);
        return TextSpan.FromBounds(
            isBlankAbove && (isBlankBelow || endsBlock) ? text.Lines[first.LineNumber - 1].Start : first.Start,
            beginsBlock && isBlankBelow ? text.Lines[last.LineNumber + 1].EndIncludingLineBreak : last.EndIncludingLineBreak);
    }
}
