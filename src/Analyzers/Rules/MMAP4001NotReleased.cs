using Microsoft.CodeAnalysis;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>A unit that was taken is not given back on some way out of the function.</summary>
internal static class MMAP4001NotReleased
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.NotReleased,
        Categories.Pairing,
        RuleLevel.Warning,
        "Give back what was taken on every path",
        "{0} that '{1}' takes is not given back {2}",
        "Every way out of a function, by return or by exception, has to give back what the function has taken, hand it to the caller, or leave it with somebody who will.");

    public static readonly DiagnosticDescriptor PossibleDescriptor = Descriptors.Create(
        RuleIds.PossiblyNotReleased,
        Categories.Pairing,
        RuleLevel.Suggestion,
        "Give back what was taken also when a call throws",
        "{0} that '{1}' takes is not given back {2}",
        "A call between the acquire and the release may throw, and nothing gives the unit back then. Only the source of the call could tell whether it ever does.");

    public static void Check(FunctionCheck check)
    {
        foreach (var misuse in MisuseReport.Of(check, MisuseKind.LostInLoop))
        {
            check.Report(Descriptor, Locations.FirstLineOf(misuse.Unit.AcquiredAt ?? misuse.Site), [misuse.Site], ImmutableDictionary<string, string?>.Empty,
                UnitText.Subject(check, misuse.Key), UnitText.Call(misuse.Unit.AcquiredAt), "before the round of the loop ends");
        }

        // What is lost in a sure way elsewhere needs no guess.
        var reported = new HashSet<SyntaxNode>(check.Result.Misuses.Where(misuse => misuse.Kind is MisuseKind.Overwritten or MisuseKind.LostInLoop).Select(misuse => misuse.Unit.AcquiredAt).OfType<SyntaxNode>());
        var all = UnitExits.LostAt(check).Where(lost => check.Declaration.Span.Contains(lost.TakenAt.Span)).ToArray();
        foreach (var lost in all)
        {
            if (reported.Add(lost.TakenAt))
            {
                check.Report(
                    lost.IsPossible ? PossibleDescriptor : Descriptor,
                    Locations.FirstLineOf(lost.TakenAt),
                    Story.PlacesOf(lost.Exit, lost.Key.Resource).Append(lost.Exit.Final.ThrowSite),
                    RepairPlaces.Of(lost, all.Where(other => other.TakenAt == lost.TakenAt && other.IsPossible == lost.IsPossible), check),
                    UnitText.Subject(check, lost.Key),
                    UnitText.Call(lost.TakenAt),
                    UnitText.Exit(lost.Exit));
            }
        }
    }
}
