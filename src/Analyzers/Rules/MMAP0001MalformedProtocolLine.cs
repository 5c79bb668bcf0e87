using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Diagnostics;

namespace MmapAnalyzers.Rules;

/// <summary>A line of a protocol text that cannot be read; all others count.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MMAP0001MalformedProtocolLine : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.MalformedProtocolLine,
        Categories.Protocol,
        RuleLevel.Warning,
        "Write the lines of protocol texts so that they can be read",
        "This line of the protocol text is left out: {0}",
        "A line of a protocol text that cannot be read describes nothing, and what it was meant to describe is not checked.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterAdditionalFileAction(static context => TextCheck.Run(context, Check));
    }

    private static void Check(TextCheck check)
    {
        foreach (var error in check.Text.Errors)
        {
            check.Report(Descriptor, error.Place, error.Message);
        }
    }
}
