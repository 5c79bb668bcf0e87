using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Rules;

namespace Tour.Analysis;

/// <summary>Runs every analyzer of the product over a project.</summary>
internal static class Analyzers
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> All =
        [.. typeof(ProtocolAnalyzer).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer))).Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    /// <summary>The findings that nobody suppressed, in the order of files and lines.</summary>
    public static async Task<ImmutableArray<Diagnostic>> FindAsync(Project project, CancellationToken cancellation)
    {
        var compilation = await project.GetCompilationAsync(cancellation);
        var findings = await compilation!.WithAnalyzers(All).GetAnalyzerDiagnosticsAsync(cancellation);
        return
        [
            .. findings.Where(finding => !finding.IsSuppressed)
                .OrderBy(finding => finding.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(finding => finding.Location.SourceSpan.Start)
                .ThenBy(finding => finding.Id, StringComparer.Ordinal),
        ];
    }
}
