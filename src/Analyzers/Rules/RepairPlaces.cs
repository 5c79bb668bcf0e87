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

    public static ImmutableDictionary<string, string?> Of(LostUnit lost, SyntaxNode declaration)
    {
        var exit = lost.Exit.Throws ? lost.Exit.Final.ThrowSite?.SpanStart : Locations.OfExit(lost.Exit, declaration).SourceSpan.Start;
        return Of(lost.Key.Resource).Add(RepairProperties.ExitAt, exit?.ToString(CultureInfo.InvariantCulture));
    }

    private static string? Position(SyntaxNode? node, SyntaxNode site) =>
        node?.SyntaxTree == site.SyntaxTree ? node.SpanStart.ToString(CultureInfo.InvariantCulture) : null;
}
