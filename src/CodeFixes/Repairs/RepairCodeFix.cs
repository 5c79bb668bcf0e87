using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>Offers the repairs of one rule, first the usual one, each as a plain action.</summary>
/// <remarks>
/// Repairs are written as text: what they do not change stays as it was, to the last space and line end, and in every host alike.
/// A repair that cannot be written right is not offered.
/// </remarks>
public abstract class RepairCodeFix : CodeFixProvider
{
    private protected abstract string Id { get; }

    /// <summary>A weaker form of the rule, which the same repairs are for.</summary>
    private protected virtual string? WeakerId => null;

    /// <summary>Whether a repair is tried out, and offered only if the finding is gone and nothing new is wrong.</summary>
    private protected virtual bool IsTriedOut => false;

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds => WeakerId is null ? [Id] : [Id, WeakerId];

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => RepairAll.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await Finding.CreateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } finding)
            {
                continue;
            }

            foreach (var repair in RepairsOf(finding))
            {
                var session = new RepairSession(context.Document.Project.Solution);
                if (session.TryApply(repair) && await WorksAsync(finding, session).ConfigureAwait(false))
                {
                    context.RegisterCodeFix(CodeAction.Create(repair.Title, session.GetChangedSolutionAsync, KeyOf(repair)), diagnostic);
                }
            }
        }
    }

    /// <summary>The repairs of a finding. Those that turn out impossible when they are written are left out.</summary>
    internal abstract IEnumerable<Repair> RepairsOf(Finding finding);

    /// <summary>Whether the repairs of a session remove the finding.</summary>
    internal async Task<bool> WorksAsync(Finding finding, RepairSession session) =>
        !IsTriedOut || await Trial.SucceedsAsync(finding, await session.GetChangedSolutionAsync(finding.Cancellation).ConfigureAwait(false), WeakerId).ConfigureAwait(false);

    /// <summary>The same for the same repair of every finding of the rule, in every version.</summary>
    internal string KeyOf(Repair repair) => $"{Id}.{repair.Action}";
}
