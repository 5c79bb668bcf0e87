using System.Globalization;
using Microsoft.CodeAnalysis;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>Tells a code fix which resource a finding is about and which places belong to it.</summary>
internal static class RepairPlaces
{
    public static ImmutableDictionary<string, string?> Of(string resource) =>
        ImmutableDictionary<string, string?>.Empty.Add(RepairProperties.Resource, resource);

    public static ImmutableDictionary<string, string?> Of(Misuse misuse) => Of(misuse.Key.Resource)
        .Add(RepairProperties.TakenAt, Position(misuse.Unit.FailedAt ?? misuse.Unit.ThrewAt ?? misuse.Unit.AcquiredAt, misuse.Site))
        .Add(RepairProperties.ReleasedAt, Position(misuse.Unit.ReleasedAt, misuse.Site));

    /// <param name="lost">The unit, at the exit that is told of.</param>
    /// <param name="everywhere">The same at every exit that loses it.</param>
    /// <param name="check">The function.</param>
    public static ImmutableDictionary<string, string?> Of(LostUnit lost, IEnumerable<LostUnit> everywhere, FunctionCheck check)
    {
        var places = Of(lost.Key.Resource).Add(RepairProperties.ExitAt, ExitOf(lost, check));
        return UnitExits.IsHandedOn(check, lost.Key)
            ? places.Add(RepairProperties.LosingExits, string.Join(",", everywhere.Select(other => ExitOf(other, check)).Distinct()))
            : places;
    }

    private static string? ExitOf(LostUnit lost, FunctionCheck check) =>
        (lost.Exit.Throws ? lost.Exit.Final.ThrowSite?.SpanStart : Locations.OfExit(lost.Exit, check.Declaration).SourceSpan.Start)?.ToString(CultureInfo.InvariantCulture);

    private static string? Position(SyntaxNode? node, SyntaxNode site) =>
        node?.SyntaxTree == site.SyntaxTree ? node.SpanStart.ToString(CultureInfo.InvariantCulture) : null;
}
