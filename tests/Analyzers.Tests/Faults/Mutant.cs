using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>What is expected to be reported for a fault: any of the ids at the line of the position.</summary>
/// <param name="Id">The id of the rule.</param>
/// <param name="Position">In the text of the usage, or <see cref="AtMark"/>.</param>
internal readonly record struct Expectation(string Id, int Position)
{
    /// <summary>Where the fault's new text has its <see cref="Mutant.Mark"/>.</summary>
    public const int AtMark = -1;
}

/// <summary>A usage with one fault.</summary>
internal sealed record Mutant(Usage Usage, FaultKind Kind, int Line, ImmutableArray<TextChange> Changes, ImmutableArray<Expectation> Expected)
{
    /// <summary>Stands in new text before what is expected to be reported.</summary>
    public const string Mark = "\u0001";

    /// <summary>The usage's text with the fault.</summary>
    public string Text => Marked.Replace(Mark, "");

    public string Name => $"{Usage} {Kind} line {Line}";

    private string Marked => SourceText.From(Usage.Text).WithChanges(Changes).ToString();

    /// <summary>The findings that are right, by id and line, counted from 1.</summary>
    public IEnumerable<(string Id, int Line)> RightFindings()
    {
        var lines = SourceText.From(Text).Lines;
        return Expected.Select(expected => (expected.Id, lines.GetLineFromPosition(PositionOf(expected)).LineNumber + 1)).Distinct();
    }

    private int PositionOf(Expectation expected) => expected.Position == Expectation.AtMark
        ? Marked.IndexOf(Mark, StringComparison.Ordinal)
        : expected.Position + Changes.Where(change => change.Span.End <= expected.Position).Sum(change => change.NewText!.Replace(Mark, "").Length - change.Span.Length);
}
