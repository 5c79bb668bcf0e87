using Microsoft.CodeAnalysis;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>A unit is left in a field that nothing in the type gives back, or in the fields of an object that its constructor fails to make.</summary>
internal static class MMAP4004FieldNeverReleased
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.FieldNeverReleased,
        Categories.Pairing,
        RuleLevel.Warning,
        "Give back what a field holds",
        "{0} that '{1}' takes is left in '{2}', {3}",
        "Who keeps a unit in a field has to give it back when the object's life ends; and a constructor that throws leaves no object that anybody could dispose of.");

    public static void Check(FunctionCheck check)
    {
        var uses = new FieldUses(check);
        var reported = new HashSet<SyntaxNode>();
        foreach (var exit in UnitExits.Of(check.Result).Where(exit => !exit.Final.AfterUnseenThrow))
        {
            foreach (var unit in exit.Final.Units.Where(unit => unit.Value.AcquiredAt is not null && exit.Final.Owes(unit.Key)))
            {
                if (UnitExits.KeeperOf(exit, unit.Key.Target) is { } keeper && ReasonOf(check, uses, exit, keeper, unit.Key) is { } reason && reported.Add(unit.Value.AcquiredAt!))
                {
                    check.Report(
                        Descriptor,
                        Locations.FirstLineOf(unit.Value.AcquiredAt!),
                        Story.PlacesOf(exit, unit.Key.Resource).Append(exit.Final.ThrowSite),
                        ImmutableDictionary<string, string?>.Empty,
                        UnitText.Subject(check, unit.Key),
                        UnitText.Call(unit.Value.AcquiredAt),
                        keeper.Name,
                        reason);
                }
            }
        }
    }

    private static string? ReasonOf(FunctionCheck check, FieldUses uses, Exit exit, ISymbol keeper, CountKey key)
    {
        if (exit.Throws)
        {
            return check.Function.MethodKind == MethodKind.Constructor && !uses.HasFinalizer ? $"and nobody can give it back {UnitText.Exit(exit)}" : null;
        }

        return keeper is IFieldSymbol or IPropertySymbol && !uses.MayGiveBack(keeper, key.Resource) ? $"and nothing in '{check.Function.ContainingType.Name}' gives it back" : null;
    }
}
