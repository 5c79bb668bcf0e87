using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Repairs;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Diagnostics;

namespace MmapAnalyzers.CodeFixes;

/// <summary>Moves the acquire in front of the <c>try</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MMAP4010ReleasedThoughAcquireThrewCodeFix)), Shared]
public sealed class MMAP4010ReleasedThoughAcquireThrewCodeFix : RepairCodeFix
{
    private protected override string Id => RuleIds.ReleasedThoughAcquireThrew;

    private protected override bool IsTriedOut => true;

    internal override IEnumerable<Repair> RepairsOf(Finding finding)
    {
        yield return new Repair("Take in front of the 'try'", "Move", _ => Write(finding));
    }

    private static ImmutableArray<SourceChange> Write(Finding finding) =>
        finding.TokenAt(RepairProperties.TakenAt)?.Parent?.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Parent: BlockSyntax { Parent: TryStatementSyntax outer } block } statement
        && block.Statements[0] == statement
        && StatementRemoval.Of(statement, finding.Style) is { IsEmpty: false } removal
        && new StatementRewrite(outer, finding.Style) { Before = LinesOf(statement, finding.Style) }.Changes() is { IsEmpty: false } insertion
            ? [.. insertion, .. removal]
            : [];

    /// <summary>The statement with its comments, each line at the indentation of the <c>try</c>.</summary>
    private static ImmutableArray<string> LinesOf(StatementSyntax statement, SourceStyle style)
    {
        var own = style.Text.IndentationAt(statement.SpanStart);
        var (first, last) = (style.Text.FirstOwnLine(statement.GetFirstToken()).LineNumber, style.Text.Lines.GetLineFromPosition(statement.Span.End).LineNumber);
        return [.. Enumerable.Range(first, last - first + 1).Select(number => style.Text.Lines[number].ToString()).Select(line => line.StartsWith(own, StringComparison.Ordinal) ? line.Substring(own.Length) : line.TrimStart())];
    }
}
