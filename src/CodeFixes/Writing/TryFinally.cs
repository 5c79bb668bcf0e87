using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.CodeFixes.Writing;

/// <summary>Puts neighbouring statements of a block into a <c>try</c> whose <c>finally</c> runs another.</summary>
/// <param name="statements">The statements for the <c>try</c> block; the one that moves to the <c>finally</c> block may be among them or stand right behind them.</param>
/// <param name="style">The style of the file.</param>
internal sealed class TryFinally(IReadOnlyList<StatementSyntax> statements, SourceStyle style)
{
    private readonly SourceText _text = style.Text;

    /// <summary>The statement that moves to the <c>finally</c> block.</summary>
    public StatementSyntax? Moved { get; init; }

    /// <summary>What the <c>finally</c> block gets if nothing moves there.</summary>
    public string Final { get; init; } = string.Empty;

    /// <summary>The change, or none if a statement shares its line with another.</summary>
    public ImmutableArray<SourceChange> Changes()
    {
        var kept = statements.Where(statement => statement != Moved).ToArray();
        StatementSyntax[] all = Moved is null || statements.Contains(Moved) ? [.. statements] : [.. statements, Moved];
        if (kept.Length == 0 || !all.All(statement => _text.IsFirstOnLine(statement.GetFirstToken()) && _text.IsLastOnLine(statement.GetLastToken())))
        {
            return [];
        }

        var outer = _text.IndentationAt(all[0].SpanStart);
        var final = Moved is null ? [Final] : LinesOf(Moved).Select(line => line.Text.Trim()).ToImmutableArray();
        ImmutableArray<string> head = style.BracesOnOwnLine ? ["try", "{"] : ["try {"];
        ImmutableArray<string> turn = style.BracesOnOwnLine ? ["}", "finally", "{"] : ["} finally {"];
        var text = style.Lines(head, outer) + Body(all) + style.Lines([.. turn, .. style.Indented(final), "}", .. GapBehind(all)], outer);
        var (start, end) = (_text.FirstOwnLine(all[0].GetFirstToken()).Start, all[all.Length - 1].GetLastToken().EndOfLine());
        return [SourceChange.Replace(all[0].SyntaxTree, TextSpan.FromBounds(start, end), text.Substring(0, text.Length - style.NewLine.Length))];
    }

    private string Body(StatementSyntax[] all)
    {
        var first = _text.FirstOwnLine(all[0].GetFirstToken()).LineNumber;
        var last = _text.Lines.GetLineFromPosition(all[all.Length - 1].Span.End).LineNumber;
        var moved = Moved is null ? [] : LinesOf(Moved).Select(line => line.Number).ToImmutableHashSet();
        var lines = Enumerable.Range(first, last - first + 1).Where(number => !moved.Contains(number)).Select(number => _text.Lines[number]).ToList();
        while (_text.IsBlank(lines[lines.Count - 1]))
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return string.Concat(lines.Where((line, index) => !(index > 0 && _text.IsBlank(line) && _text.IsBlank(lines[index - 1]))).Select(line => Deeper(line, all[0].SyntaxTree.GetRoot()) + style.NewLine));
    }

    /// <summary>The line one step deeper, unless it is empty, a directive, or continues a text in which white space counts.</summary>
    private string Deeper(TextLine line, SyntaxNode root)
    {
        var text = line.ToString();
        return _text.IsBlank(line) || text.TrimStart().StartsWith("#", StringComparison.Ordinal) || ContinuesText(root.FindToken(line.Start), line.Start) ? text : style.Indentation + text;
    }

    private static bool ContinuesText(SyntaxToken token, int position) =>
        token.SpanStart < position
        && (token.IsKind(SyntaxKind.StringLiteralToken)
            || (token.IsKind(SyntaxKind.InterpolatedStringTextToken) && token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>()?.StringStartToken.IsKind(SyntaxKind.InterpolatedVerbatimStringStartToken) == true));

    private IEnumerable<(int Number, string Text)> LinesOf(StatementSyntax statement)
    {
        var first = _text.FirstOwnLine(statement.GetFirstToken()).LineNumber;
        var last = _text.Lines.GetLineFromPosition(statement.Span.End).LineNumber;
        return Enumerable.Range(first, last - first + 1).Select(number => (number, _text.Lines[number].ToString()));
    }

    private ImmutableArray<string> GapBehind(StatementSyntax[] all)
    {
        var last = all[all.Length - 1].GetLastToken();
        var below = _text.Lines.GetLineFromPosition(last.Span.End).LineNumber + 1;
        return last.GetNextToken().IsKind(SyntaxKind.CloseBraceToken) || (below < _text.Lines.Count && _text.IsBlank(_text.Lines[below])) ? [] : style.Gap(["}"]);
    }
}
