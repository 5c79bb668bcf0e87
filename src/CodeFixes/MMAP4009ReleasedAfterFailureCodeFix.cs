using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Repairs;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Diagnostics;

namespace MmapAnalyzers.CodeFixes;

/// <summary>Removes the release from the path that holds nothing, or asks before it whether anything was taken.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MMAP4009ReleasedAfterFailureCodeFix)), Shared]
public sealed class MMAP4009ReleasedAfterFailureCodeFix : RepairCodeFix
{
    private protected override string Id => RuleIds.ReleasedAfterFailure;

    private protected override bool IsTriedOut => true;

    internal override IEnumerable<Repair> RepairsOf(Finding finding)
    {
        if (ReleaseStatement.At(finding.Token, finding) is not { } release)
        {
            yield break;
        }

        yield return new Repair("Remove the release", "Remove", _ => StatementRemoval.Of(release, finding.Style));
        if (finding.TokenAt(RepairProperties.TakenAt) is { } taken && TakenUnit.At(taken, finding) is { } unit && OutcomeText.Taken(unit, finding) is { } condition)
        {
            yield return new Repair($"Give back only if '{condition}'", "Guard", _ => Guard(release, condition, finding));
        }
    }

    private static ImmutableArray<SourceChange> Guard(StatementSyntax release, string condition, Finding finding) =>
        finding.Style.Text.AreOnOneLine(release.Span)
            ? new StatementRewrite(release, finding.Style) { Instead = finding.Style.If(condition, release.ToString()) }.Changes()
            : [];
}
