using Microsoft.CodeAnalysis;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>A unit is given back on the path on which its acquire failed.</summary>
internal static class MMAP4009ReleasedAfterFailure
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.ReleasedAfterFailure,
        Categories.Pairing,
        RuleLevel.Warning,
        "Give back only what was taken",
        "{0} is given back here although {1}",
        "An acquire that failed leaves nothing to give back. Giving it back all the same takes a unit from somebody else, or hands a failure value to a function that expects an address.");

    public static void Check(FunctionCheck check)
    {
        // Whoever does not look at the outcome is told so at the acquire.
        var ignored = check.Result.Ignored.Select(ignored => ignored.Call).ToImmutableHashSet();
        foreach (var misuse in MisuseReport.Of(check, MisuseKind.ReleasedAfterFailure).Where(misuse => !ignored.Contains(misuse.Unit.FailedAt!)))
        {
            MisuseReport.Report(check, Descriptor, misuse, UnitText.Subject(check, misuse.Key), NotTakenBy(misuse.Unit.FailedAt!));
        }

        foreach (var untaken in check.HasRole ? [] : CountedExits.UntakenAt(check).Where(untaken => check.Declaration.Span.Contains(untaken.ReleasedAt.Span)))
        {
            check.Report(
                Descriptor,
                Locations.FirstLineOf(untaken.ReleasedAt),
                Story.PlacesOf(untaken.Exit, untaken.Key.Resource),
                ImmutableDictionary<string, string?>.Empty,
                UnitText.Subject(check, untaken.Key),
                untaken.TakenAt is { } acquire ? NotTakenBy(acquire) : "nothing takes it");
        }
    }

    private static string NotTakenBy(SyntaxNode acquire) => $"'{UnitText.Call(acquire)}' has not taken it on this path";
}
