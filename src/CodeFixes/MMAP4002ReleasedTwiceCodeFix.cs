using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmapAnalyzers.CodeFixes.Repairs;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Diagnostics;

namespace MmapAnalyzers.CodeFixes;

/// <summary>Removes one of two releases.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MMAP4002ReleasedTwiceCodeFix)), Shared]
public sealed class MMAP4002ReleasedTwiceCodeFix : RepairCodeFix
{
    private protected override string Id => RuleIds.ReleasedTwice;

    private protected override bool IsTriedOut => true;

    internal override IEnumerable<Repair> RepairsOf(Finding finding)
    {
        yield return new Repair("Remove this release", "Remove", _ => Remove(finding.Token, finding));
        if (finding.TokenAt(RepairProperties.ReleasedAt) is { } earlier)
        {
            yield return new Repair("Remove the release before", "RemoveEarlier", _ => Remove(earlier, finding));
        }
    }

    private static ImmutableArray<SourceChange> Remove(SyntaxToken token, Finding finding) =>
        ReleaseStatement.At(token, finding) is { } statement ? StatementRemoval.Of(statement, finding.Style) : [];
}
