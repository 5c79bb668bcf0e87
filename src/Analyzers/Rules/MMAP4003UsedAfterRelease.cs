using Microsoft.CodeAnalysis;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>A value is used after it was given back.</summary>
internal static class MMAP4003UsedAfterRelease
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.UsedAfterRelease,
        Categories.Pairing,
        RuleLevel.Warning,
        "Do not use what has been given back",
        "{0} is used here after '{1}' has given it back",
        "From the release on the value may belong to somebody else: what is read is theirs, what is written destroys theirs.");

    public static void Check(FunctionCheck check)
    {
        foreach (var misuse in MisuseReport.Of(check, MisuseKind.UsedAfterRelease))
        {
            MisuseReport.Report(check, Descriptor, misuse, UnitText.Subject(check, misuse.Key), UnitText.Call(misuse.Unit.ReleasedAt));
        }
    }
}
