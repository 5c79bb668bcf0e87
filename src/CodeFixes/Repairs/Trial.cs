using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Rules;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>Tries a repair out: analyzes the repaired file and compares.</summary>
internal static class Trial
{
    /// <summary>Whether the repaired file compiles as before, has one finding of the rule less, and none of any other rule more.</summary>
    /// <remarks>The weaker form of the rule may show once the finding is gone: it was only hidden by it.</remarks>
    public static async Task<bool> SucceedsAsync(Finding finding, Solution repaired, string? weakerId)
    {
        var (before, after) = (finding.Document, repaired.GetDocument(finding.Document.Id)!);
        if (await ErrorsIn(after, finding.Cancellation).ConfigureAwait(false) > await ErrorsIn(before, finding.Cancellation).ConfigureAwait(false))
        {
            return false;
        }

        var (old, now) = (await FindingsIn(before, finding.Cancellation).ConfigureAwait(false), await FindingsIn(after, finding.Cancellation).ConfigureAwait(false));
        return now[finding.Id].Count() < old[finding.Id].Count() && now.All(rule => rule.Key == weakerId || rule.Count() <= old[rule.Key].Count());
    }

    private static async Task<int> ErrorsIn(Document document, CancellationToken cancellation) =>
        (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!.GetDiagnostics(cancellationToken: cancellation).Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static async Task<ILookup<string, Diagnostic>> FindingsIn(Document document, CancellationToken cancellation)
    {
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var found = await model.Compilation.WithAnalyzers([new ProtocolAnalyzer()], document.Project.AnalyzerOptions)
            .GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, cancellation).ConfigureAwait(false);
        return found.ToLookup(diagnostic => diagnostic.Id);
    }
}
