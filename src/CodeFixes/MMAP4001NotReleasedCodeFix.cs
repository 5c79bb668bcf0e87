using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MmapAnalyzers.CodeFixes.Repairs;
using MmapAnalyzers.Diagnostics;

namespace MmapAnalyzers.CodeFixes;

/// <summary>Gives back what was taken: on every way out, or before the exits that take it along.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MMAP4001NotReleasedCodeFix)), Shared]
public sealed class MMAP4001NotReleasedCodeFix : RepairCodeFix
{
    private protected override string Id => RuleIds.NotReleased;

    private protected override string? WeakerId => RuleIds.PossiblyNotReleased;

    private protected override bool IsTriedOut => true;

    internal override IEnumerable<Repair> RepairsOf(Finding finding)
    {
        if (TakenUnit.At(finding.Token, finding) is not { } unit)
        {
            yield break;
        }

        if (finding.Has(RepairProperties.LosingExits, out _))
        {
            yield return new Repair($"Give '{unit.Holder}' back before every exit that loses it", "Always", session => ReleaseAtExit.Write(unit, finding, RepairProperties.LosingExits, session));
        }
        else
        {
            yield return new Repair($"Give '{unit.Holder}' back on every path", "Always", _ => ReleaseAlways.Write(unit, finding));
            yield return new Repair($"Give '{unit.Holder}' back before this exit", "BeforeExit", session => ReleaseAtExit.Write(unit, finding, RepairProperties.ExitAt, session));
        }
    }
}
