using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.CodeFixes.Writing;

/// <summary>
/// Puts lines before and after a statement, or others in its place, where it stands: in a list of statements, without braces under an
/// <c>if</c>, or in a block that has only one line. Comments stay with what they were written for.
/// </summary>
internal sealed class StatementRewrite(StatementSyntax statement, SourceStyle style)
{
    private readonly SyntaxToken _first = statement.GetFirstToken();
    private readonly SyntaxToken _last = statement.GetLastToken();
    private readonly SourceText _text = style.Text;

    /// <summary>Lines to put in front, above the statement's own comments.</summary>
    public ImmutableArray<string> Before { get; init; } = [];

    /// <summary>Lines that replace the statement, if it does not stay as it is.</summary>
    public ImmutableArray<string> Instead { get; init; }

    /// <summary>Lines to put behind.</summary>
    public ImmutableArray<string> After { get; init; } = [];

    /// <summary>The changes, or none if the statement stands where nothing can be put beside it.</summary>
    public ImmutableArray<SourceChange> Changes()
    {
        var outermost = statement;
        while (outermost.Parent is LabeledStatementSyntax label)
        {
            outermost = label;
        }

        return outermost.Parent switch
        {
            BlockSyntax block when _text.AreOnOneLine(block.Span) && !FitsOnLine => [Unfold(block)],
            BlockSyntax or SwitchSectionSyntax => [.. InList()],
            GlobalStatementSyntax or CompilationUnitSyntax or null => [],
            var owner when outermost == statement => [.. WithBraces(owner)],
            _ => [],
        };
    }

    private bool FitsOnLine => Before.IsEmpty && Instead.IsDefault && !After.Any(line => line.Length == 0);

    private bool StandsAlone => _text.IsFirstOnLine(_first);

    private string LineIndentation => _text.IndentationAt(statement.SpanStart);

    private IEnumerable<SourceChange> InList()
    {
        if (StandsAlone)
        {
            return [.. BeforeOwnLines(LineIndentation), .. InsteadOf(LineIndentation), .. AfterOwnLine(LineIndentation)];
        }

        var before = _first.GetPreviousToken();
        var indentation = before.Kind() is SyntaxKind.ColonToken or SyntaxKind.OpenBraceToken ? LineIndentation + style.Indentation : LineIndentation;
        return FitsOnLine
            ? AfterOwnLine(indentation)
            : [Break(before, Before, indentation), .. InsteadOf(indentation), .. AfterOwnLine(indentation)];
    }

    /// <summary>Gives a statement that stands alone under its owner a block.</summary>
    private IEnumerable<SourceChange> WithBraces(SyntaxNode owner)
    {
        var header = _first.GetPreviousToken();
        var outer = _text.IndentationAt(owner.SpanStart);
        var inner = StandsAlone && LineIndentation.Length > outer.Length ? LineIndentation : outer + style.Indentation;
        var open = style.BracesOnOwnLine ? style.NewLine + outer + "{" : " {";
        if (StandsAlone)
        {
            yield return Insert(style.BracesOnOwnLine ? header.EndOfLine() : header.Span.End, open);
            foreach (var change in BeforeOwnLines(inner))
            {
                yield return change;
            }
        }
        else
        {
            yield return Replace(header.Span.End, _first.SpanStart, open + style.NewLine + style.Lines(Before, inner) + inner);
        }

        foreach (var change in InsteadOf(inner))
        {
            yield return change;
        }

        var behind = After.IsEmpty ? string.Empty : style.NewLine + JoinLines(After, inner);
        var next = _last.GetNextToken();
        if (!style.BracesOnOwnLine && next.IsKind(SyntaxKind.ElseKeyword) && next.Parent!.Parent == owner && IsWhiteSpace(_last.Span.End, next.SpanStart))
        {
            yield return Replace(_last.Span.End, next.SpanStart, $"{behind}{style.NewLine}{outer}}} ");
        }
        else if (_text.IsLastOnLine(_last))
        {
            yield return Insert(_last.EndOfLine(), $"{behind}{style.NewLine}{outer}}}");
        }
        else
        {
            yield return Replace(_last.Span.End, next.SpanStart, $"{behind}{style.NewLine}{outer}}}{style.NewLine}{outer}");
        }
    }

    /// <summary>Gives every statement of the block its own line.</summary>
    private SourceChange Unfold(BlockSyntax block)
    {
        var outer = _text.IndentationAt(block.SpanStart);
        var before = block.OpenBraceToken.GetPreviousToken();
        var lines = block.Statements.SelectMany(LinesOf);
        var isFirst = _text.IsFirstOnLine(block.OpenBraceToken);
        var open = isFirst ? "{" : style.BracesOnOwnLine ? style.NewLine + outer + "{" : " {";
        return Replace(
            isFirst ? block.SpanStart : before.Span.End,
            block.Span.End,
            $"{open}{style.NewLine}{style.Lines([.. lines], outer + style.Indentation)}{outer}}}");
    }

    private IEnumerable<string> LinesOf(StatementSyntax one)
    {
        var text = one.ToFullString().Trim();
        if (!one.Span.Contains(statement.Span))
        {
            return [text];
        }

        var own = Instead.IsDefault ? [statement.ToString()] : Instead;
        var (ahead, behind) = (text.Substring(0, statement.SpanStart - one.SpanStart), TrailingTextOf(one));
        return [.. ahead.Length == 0 ? [] : (string[])[ahead.TrimEnd()], .. Before, .. own.Take(own.Length - 1), own[own.Length - 1] + behind, .. After, .. IsLastIn(one) ? [] : style.Gap(After)];
    }

    private static bool IsLastIn(StatementSyntax one) => one.Parent is BlockSyntax block && block.Statements.Last() == one;

    private static string TrailingTextOf(StatementSyntax one)
    {
        var comment = one.GetTrailingTrivia().ToFullString().Trim();
        return comment.Length == 0 ? string.Empty : " " + comment;
    }

    private IEnumerable<SourceChange> BeforeOwnLines(string indentation)
    {
        if (!Before.IsEmpty)
        {
            var line = _text.FirstOwnLine(_first);
            ImmutableArray<string> gap = _text.HasBlankLineAbove(line, _first) && Before[Before.Length - 1].Length > 0 ? [string.Empty] : [];
            yield return Insert(line.Start, style.Lines([.. Before, .. gap], indentation));
        }
    }

    private IEnumerable<SourceChange> InsteadOf(string indentation)
    {
        if (!Instead.IsDefault)
        {
            yield return Replace(statement.SpanStart, statement.Span.End, JoinLines(Instead, indentation).Substring(indentation.Length));
        }
    }

    private IEnumerable<SourceChange> AfterOwnLine(string indentation)
    {
        if (After.IsEmpty)
        {
            yield break;
        }

        if (!_text.IsLastOnLine(_last))
        {
            yield return Insert(_last.Span.End, " " + string.Join(" ", After.Select(line => line.Trim()).Where(line => line.Length > 0)));
            yield break;
        }

        ImmutableArray<string> above = style.BlankLineAfterBlock && _last.IsKind(SyntaxKind.CloseBraceToken) && Instead.IsDefault ? [string.Empty] : [];
        var next = _last.GetNextToken();
        var gap = next.IsKind(SyntaxKind.CloseBraceToken) || _text.IsBlank(_text.Lines.GetLineFromPosition(Math.Min(_last.FullSpan.End, _text.Length))) ? [] : style.Gap(After);
        yield return Insert(_last.EndOfLine(), style.NewLine + JoinLines([.. above, .. After, .. gap], indentation));
    }

    /// <summary>Moves the statement to a line of its own, under the lines.</summary>
    private SourceChange Break(SyntaxToken before, ImmutableArray<string> lines, string indentation)
    {
        var text = style.NewLine + style.Lines(lines, indentation) + indentation;
        return IsWhiteSpace(before.Span.End, statement.SpanStart)
            ? Replace(before.Span.End, statement.SpanStart, text)
            : Insert(statement.SpanStart, text);
    }

    private string JoinLines(ImmutableArray<string> lines, string indentation)
    {
        var text = style.Lines(lines, indentation);
        return text.Substring(0, text.Length - style.NewLine.Length);
    }

    private bool IsWhiteSpace(int start, int end) => string.IsNullOrWhiteSpace(_text.ToString(TextSpan.FromBounds(start, end)));

    private SourceChange Insert(int position, string text) => SourceChange.Insert(statement.SyntaxTree, position, text);

    private SourceChange Replace(int start, int end, string text) => SourceChange.Replace(statement.SyntaxTree, TextSpan.FromBounds(start, end), text);
}
