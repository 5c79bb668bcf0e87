using Microsoft.CodeAnalysis;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>A unit is given back to the wrong function, at another address or with another argument.</summary>
internal static class MMAP4007WrongRelease
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.WrongRelease,
        Categories.Pairing,
        RuleLevel.Warning,
        "Give back with the counterpart of what took",
        "{0} that '{1}' has taken cannot be given back like this: {2}",
        "An allocator knows only its own addresses, and a mapping is gone only if it is given back whole. The wrong release corrupts memory, or does nothing and reports an error that nobody looks at.");

    public static void Check(FunctionCheck check)
    {
        foreach (var misuse in MisuseReport.Of(check, MisuseKind.WrongRelease, MisuseKind.WrongAddress, MisuseKind.WrongPair))
        {
            MisuseReport.Report(check, Descriptor, misuse, UnitText.Subject(check, misuse.Key), UnitText.Call(misuse.Unit.AcquiredAt), ReasonOf(check, misuse));
        }
    }

    private static string ReasonOf(FunctionCheck check, Misuse misuse) => misuse.Kind switch
    {
        MisuseKind.WrongRelease => $"this is the release of {check.Protocols.Describe(misuse.Given!).Noun}",
        MisuseKind.WrongAddress => "it is not the address that was handed out",
        _ => "it was taken with another argument",
    };
}
