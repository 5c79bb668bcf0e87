using Microsoft.CodeAnalysis;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>A callback hands a reference over with a value and never took it: whoever received it will give back somebody else's.</summary>
internal static class MMAP1005TransferredNotCounted
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.TransferredNotCounted,
        Categories.Lifetime,
        RuleLevel.Warning,
        "Count the inode that an area is given",
        "'{0}' is given away here but no '{1}' reference is taken for it {2}; the one who receives it gives one back when the mapping goes",
        "Assigning the inode to the area hands over one reference, which the core gives back at unmap and exit. Without taking one first, that is a reference that somebody else holds.");

    public static void Check(RoleCheck check)
    {
        foreach (var role in check.Roles.Select(binding => binding.Role).Where(role => role.Contract.Duties.HasFlag(RoleDuties.CountsTransferredValues)).Distinct())
        {
            foreach (var exit in check.Result.CertainReturns.Where(exit => Balance.MaySucceed(exit, role)))
            {
                foreach (var step in exit.Final.Trail.Steps().Where(step => step is { Kind: TrailKind.Transferred, Key: not null }))
                {
                    CheckTransfer(check, exit, step);
                }
            }
        }
    }

    private static void CheckTransfer(RoleCheck check, Exit exit, TrailStep step)
    {
        var key = step.Key!.Value;
        if (exit.Final.IsKnownToBe(key.Target, Term.Null) || exit.Final.CountOf(key).High >= 0 || Balance.TotalOf(exit.Final, key).High >= 0
            || new Keepers(check).IsTakenElsewhere(key))
        {
            return;
        }

        var properties = ImmutableDictionary<string, string?>.Empty;
        if (RepairText.Count(key, 1, check.Function, FunctionResult.Unknown, check.Protocols) is { } repair)
        {
            properties = properties.Add(RepairProperties.Insert, repair);
        }

        check.Report(
            Descriptor,
            Locations.FirstLineOf(step.Site),
            Story.PlacesOf(exit, key.Resource),
            properties,
            TermText.Of(key.Target, check.Function) ?? key.Resource,
            key.Resource,
            Story.PathOf(exit));
    }
}
