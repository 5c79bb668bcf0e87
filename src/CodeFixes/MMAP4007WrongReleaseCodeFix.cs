using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Repairs;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Diagnostics;

namespace MmapAnalyzers.CodeFixes;

/// <summary>Gives back with the counterpart of what took: the right function, the address and the length that belong to the unit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MMAP4007WrongReleaseCodeFix)), Shared]
public sealed class MMAP4007WrongReleaseCodeFix : RepairCodeFix
{
    private protected override string Id => RuleIds.WrongRelease;

    private protected override bool IsTriedOut => true;

    internal override IEnumerable<Repair> RepairsOf(Finding finding)
    {
        if (finding.TokenAt(RepairProperties.TakenAt) is { } taken && TakenUnit.At(taken, finding) is { } unit && ReleaseText.ByProtocol(unit, finding) is { } release)
        {
            yield return new Repair($"Give back by '{release.TrimEnd(';')}'", "Replace", _ => Write(finding, release));
        }
    }

    private static ImmutableArray<SourceChange> Write(Finding finding, string release) =>
        finding.Token.Parent?.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax } statement && statement.SpanStart == finding.Token.SpanStart
            ? [SourceChange.Replace(finding.Tree, statement.Span, release)]
            : [];
}
