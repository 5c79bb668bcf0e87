using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Tour.Fixing;

/// <summary>The light bulbs: asks the product's code fixes what they offer for a finding.</summary>
internal static class Repairs
{
    private static readonly CodeFixProvider[] Providers =
        [.. System.Reflection.Assembly.Load("MmapAnalyzers.CodeFixes").GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider))).Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];

    /// <summary>The first repair offered for a finding, as an editor would show it; null when there is none.</summary>
    public static async Task<CodeAction?> OfferAsync(Document document, Diagnostic finding, CancellationToken cancellation)
    {
        CodeAction? first = null;
        foreach (var provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(finding.Id)))
        {
            var context = new CodeFixContext(document, finding, (action, _) => first ??= action, cancellation);
            await provider.RegisterCodeFixesAsync(context);
        }

        return first;
    }

    /// <summary>The solution after a repair.</summary>
    public static async Task<Solution?> ApplyAsync(CodeAction action, CancellationToken cancellation)
    {
        var operations = await action.GetOperationsAsync(cancellation);
        return operations.OfType<ApplyChangesOperation>().SingleOrDefault()?.ChangedSolution;
    }
}
