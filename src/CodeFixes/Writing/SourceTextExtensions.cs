using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.CodeFixes.Writing;

/// <summary>Questions about where things stand on their lines.</summary>
internal static class SourceTextExtensions
{
    /// <summary>The white space that the line begins with.</summary>
    public static string IndentationAt(this SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        return text.ToString(TextSpan.FromBounds(line.Start, StartOfText(text, line)));
    }

    public static bool IsFirstOnLine(this SourceText text, SyntaxToken token)
    {
        var line = text.Lines.GetLineFromPosition(token.SpanStart);
        return StartOfText(text, line) == token.SpanStart;
    }

    /// <summary>Whether nothing but comments follows the token on its line.</summary>
    public static bool IsLastOnLine(this SourceText text, SyntaxToken token)
    {
        var next = token.GetNextToken(includeZeroWidth: true);
        return next.IsKind(SyntaxKind.None) || !text.AreOnOneLine(TextSpan.FromBounds(token.Span.End, next.SpanStart)) || next.IsKind(SyntaxKind.EndOfFileToken);
    }

    public static bool AreOnOneLine(this SourceText text, TextSpan span) =>
        text.Lines.GetLineFromPosition(span.Start).LineNumber == text.Lines.GetLineFromPosition(span.End).LineNumber;

    public static bool IsBlank(this SourceText text, TextLine line) => StartOfText(text, line) == line.End;

    /// <summary>Where the line of the token ends, after the comments that follow the token.</summary>
    public static int EndOfLine(this SyntaxToken token) =>
        token.TrailingTrivia is { Count: > 0 } trivia && trivia.Last() is var last && last.IsKind(SyntaxKind.EndOfLineTrivia) ? last.SpanStart : token.FullSpan.End;

    /// <summary>Where the lines above the token begin that belong to it: the comments that stand directly above it.</summary>
    public static TextLine FirstOwnLine(this SourceText text, SyntaxToken token)
    {
        var line = text.Lines.GetLineFromPosition(token.SpanStart);
        while (line.LineNumber > 0 && text.Lines[line.LineNumber - 1] is var above && above.Start >= token.FullSpan.Start && IsComment(text, above, token))
        {
            line = above;
        }

        return line;
    }

    /// <summary>Whether a blank line stands above the line, after the token before.</summary>
    public static bool HasBlankLineAbove(this SourceText text, TextLine line, SyntaxToken token) =>
        line.LineNumber > 0 && text.Lines[line.LineNumber - 1] is var above && above.Start >= token.FullSpan.Start && text.IsBlank(above);

    private static bool IsComment(SourceText text, TextLine line, SyntaxToken token)
    {
        var start = StartOfText(text, line);
        return start < line.End && token.LeadingTrivia.Any(trivia => trivia.FullSpan.Contains(start)
            && (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.HasStructure && trivia.GetStructure() is DocumentationCommentTriviaSyntax
                || (trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) && trivia.Span.End <= line.End)));
    }

    private static int StartOfText(SourceText text, TextLine line)
    {
        var start = line.Start;
        while (start < line.End && text[start] is ' ' or '\t')
        {
            start++;
        }

        return start;
    }
}
