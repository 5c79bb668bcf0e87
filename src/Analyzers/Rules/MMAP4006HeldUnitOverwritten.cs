using Microsoft.CodeAnalysis;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>The only variable that holds a unit is assigned anew.</summary>
internal static class MMAP4006HeldUnitOverwritten
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.HeldUnitOverwritten,
        Categories.Pairing,
        RuleLevel.Warning,
        "Give back what a variable holds before it is assigned anew",
        "{0} that '{1}' has taken is lost here: what held it is assigned anew",
        "When the last variable or field that holds a value is assigned anew, nobody can give the value back any more.");

    public static void Check(FunctionCheck check)
    {
        foreach (var misuse in MisuseReport.Of(check, MisuseKind.Overwritten))
        {
            MisuseReport.Report(check, Descriptor, misuse, UnitText.Subject(check, misuse.Key), UnitText.Call(misuse.Unit.AcquiredAt));
        }
    }
}
