using Microsoft.CodeAnalysis;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>A call needs a unit that the path does not hold.</summary>
internal static class MMAP4008UsedWithoutUnit
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.UsedWithoutUnit,
        Categories.Pairing,
        RuleLevel.Warning,
        "Hold the unit that a call needs",
        "'{0}' needs {1}, which is not held here: {2}",
        "Some calls are right only while a lock or another unit is held. Without it they throw, or work on what somebody else is changing.");

    public static void Check(FunctionCheck check)
    {
        foreach (var misuse in MisuseReport.Of(check, MisuseKind.UsedWithoutUnit))
        {
            var reason = misuse.Unit.ReleasedAt is { } released ? $"'{UnitText.Call(released)}' has given it back" : $"'{UnitText.Call(misuse.Unit.FailedAt)}' did not take it";
            MisuseReport.Report(check, Descriptor, misuse, UnitText.Call(misuse.Site), UnitText.Noun(check, misuse.Key), reason);
        }
    }
}
