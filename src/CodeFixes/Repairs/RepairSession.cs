using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MmapAnalyzers.CodeFixes.Writing;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>Collects the repairs that are applied together, so that each knows what the others have written.</summary>
internal sealed class RepairSession(Solution solution)
{
    private readonly Dictionary<DocumentId, List<TextChange>> _changes = [];
    private readonly Dictionary<(SyntaxNode Model, string Slot), string> _written = [];

    /// <summary>The locals that the repairs have introduced.</summary>
    public LocalNames Names { get; } = new();

    /// <summary>The functions that the repairs have written: a name for the function that was the model and the slot it fills.</summary>
    public IDictionary<(SyntaxNode Model, string Slot), string> Written => _written;

    /// <summary>Takes the repair, unless it cannot be written or contradicts one that was taken before.</summary>
    public bool TryApply(Repair repair)
    {
        var changes = repair.Write(this);
        if (changes.IsDefaultOrEmpty)
        {
            return false;
        }

        var located = changes.Select(change => (Document: EditableDocument(change.Tree), change.Change)).ToArray();
        if (located.Any(change => change.Document is null || ChangesOf(change.Document).Any(known => Contradict(known.Span, change.Change.Span))))
        {
            return false;
        }

        foreach (var (document, change) in located)
        {
            ChangesOf(document!).Add(change);
        }

        return true;
    }

    public async Task<Solution> GetChangedSolutionAsync(CancellationToken cancellation)
    {
        var changed = solution;
        foreach (var pair in _changes)
        {
            var text = await solution.GetDocument(pair.Key)!.GetTextAsync(cancellation).ConfigureAwait(false);
            changed = changed.WithDocumentText(pair.Key, text.WithChanges(InOrder(pair.Value)));
        }

        return changed;
    }

    private Document? EditableDocument(SyntaxTree tree) => solution.GetDocument(tree) is { } document and not SourceGeneratedDocument ? document : null;

    private List<TextChange> ChangesOf(Document document)
    {
        if (!_changes.TryGetValue(document.Id, out var changes))
        {
            _changes[document.Id] = changes = [];
        }

        return changes;
    }

    /// <summary>Insertions at one place do not contradict each other: they follow each other.</summary>
    private static bool Contradict(TextSpan left, TextSpan right) => left.Start < right.End && right.Start < left.End;

    /// <summary>By position; what is inserted before a replaced text comes first, what was asked for first as well.</summary>
    private static IEnumerable<TextChange> InOrder(IEnumerable<TextChange> changes) =>
        changes.OrderBy(change => change.Span.Start).ThenBy(change => change.Span.Length);
}
