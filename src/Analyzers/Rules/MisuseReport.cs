using Microsoft.CodeAnalysis;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>Reports wrong steps that the engine noted, each at its place and with its story.</summary>
internal static class MisuseReport
{
    /// <summary>The wrong steps of the kinds that the function takes itself.</summary>
    public static IEnumerable<Misuse> Of(FunctionCheck check, params MisuseKind[] kinds) =>
        check.Result.Misuses.Where(misuse => kinds.Contains(misuse.Kind) && check.Declaration.Span.Contains(misuse.Site.Span));

    public static void Report(FunctionCheck check, DiagnosticDescriptor descriptor, Misuse misuse, params object[] arguments) =>
        check.Report(descriptor, Locations.FirstLineOf(misuse.Site), PlacesOf(misuse), RepairPlaces.Of(misuse), arguments);

    private static IEnumerable<SyntaxNode?> PlacesOf(Misuse misuse) =>
        misuse.State.Trail.Steps().Where(step => step.IsCondition || step.Key?.Target.Equals(misuse.Key.Target) == true).Select(step => step.Site)
            .Append(misuse.Unit.FailedAt ?? misuse.Unit.ThrewAt);
}
