using Microsoft.CodeAnalysis;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>A unit is given back a second time.</summary>
internal static class MMAP4002ReleasedTwice
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.ReleasedTwice,
        Categories.Pairing,
        RuleLevel.Warning,
        "Give back once what was taken once",
        "{0} is given back a second time here: '{1}' has done it before",
        "What has been given back may belong to somebody else by now. Giving it back again takes it from them, or brings a count below zero.");

    public static void Check(FunctionCheck check)
    {
        foreach (var misuse in MisuseReport.Of(check, MisuseKind.ReleasedTwice))
        {
            MisuseReport.Report(check, Descriptor, misuse, UnitText.Subject(check, misuse.Key), UnitText.Call(misuse.Unit.ReleasedAt));
        }
    }
}
