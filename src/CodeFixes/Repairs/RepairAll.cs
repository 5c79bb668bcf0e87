using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>Repairs all findings of a document, a project or the solution, all written against the unchanged source.</summary>
/// <remarks>Each by the repair that was chosen where that can be done, and else by the first of the others that can: whoever asks for all wants none left.</remarks>
internal sealed class RepairAll : FixAllProvider
{
    public static readonly RepairAll Instance = new();

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) => Task.FromResult<CodeAction?>(
        CodeAction.Create("Repair all findings", cancellation => RepairAsync(fixAllContext.WithCancellationToken(cancellation)), fixAllContext.CodeActionEquivalenceKey));

    private static async Task<Solution> RepairAsync(FixAllContext context)
    {
        var solution = context.Solution;
        var provider = (RepairCodeFix)context.CodeFixProvider;
        var session = new RepairSession(solution);
        var located = (await FindingsIn(context).ConfigureAwait(false))
            .Where(diagnostic => diagnostic.Location.IsInSource)
            .Select(diagnostic => (Diagnostic: diagnostic, Document: solution.GetDocument(diagnostic.Location.SourceTree)))
            .Where(finding => finding.Document is not null)
            .OrderBy(finding => finding.Document!.FilePath ?? finding.Document.Name, StringComparer.Ordinal)
            .ThenBy(finding => finding.Diagnostic.Location.SourceSpan.Start);
        foreach (var (diagnostic, document) in located)
        {
            if (await Finding.CreateAsync(document!, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } finding)
            {
                foreach (var repair in provider.RepairsOf(finding).OrderByDescending(repair => provider.KeyOf(repair) == context.CodeActionEquivalenceKey))
                {
                    if (await WorksAloneAsync(provider, finding, repair).ConfigureAwait(false) && session.TryApply(repair))
                    {
                        break;
                    }
                }
            }
        }

        return await session.GetChangedSolutionAsync(context.CancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> WorksAloneAsync(RepairCodeFix provider, Finding finding, Repair repair)
    {
        var alone = new RepairSession(finding.Document.Project.Solution);
        return alone.TryApply(repair) && await provider.WorksAsync(finding, alone).ConfigureAwait(false);
    }

    private static async Task<IEnumerable<Diagnostic>> FindingsIn(FixAllContext context)
    {
        switch (context.Scope)
        {
            case FixAllScope.Document when context.Document is { } document:
                return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
            case FixAllScope.Project:
                return await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false);
            case FixAllScope.Solution:
                var all = new List<Diagnostic>();
                foreach (var project in context.Solution.Projects.Where(project => project.Language == context.Project.Language))
                {
                    all.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
                }

                return all;
            default:
                return [];
        }
    }
}
