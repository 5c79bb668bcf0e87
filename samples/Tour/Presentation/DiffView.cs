using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Tour.Fixing;

namespace Tour.Presentation;

/// <summary>Shows what a repair changes as a unified diff.</summary>
internal static class DiffView
{
    private const int Context = 3;

    public static void Write(Screen screen, ChangedFile change, string indent = "")
    {
        var lines = InlineDiffBuilder.Diff(change.File.Text.ToString(), change.Text, ignoreWhiteSpace: false).Lines;
        screen.Line($"{indent}--- {change.File.Name}", Tone.Removed);
        screen.Line($"{indent}+++ {change.File.Name}", Tone.Added);
        foreach (var (from, to) in Hunks(lines))
            WriteHunk(screen, lines, from, to, indent);
    }

    /// <summary>Runs of changed lines with what surrounds them; runs that touch are one.</summary>
    private static IEnumerable<(int From, int To)> Hunks(List<DiffPiece> lines)
    {
        (int From, int To)? open = null;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Type == ChangeType.Unchanged)
                continue;
            var from = Math.Max(0, i - Context);
            var to = Math.Min(lines.Count, i + Context + 1);
            if (open is { } previous && from > previous.To)
            {
                yield return previous;
                open = null;
            }

            open = (open?.From ?? from, to);
        }

        if (open is { } last)
            yield return last;
    }

    private static void WriteHunk(Screen screen, List<DiffPiece> lines, int from, int to, string indent)
    {
        var oldStart = 1 + lines.Take(from).Count(line => line.Type != ChangeType.Inserted);
        var newStart = 1 + lines.Take(from).Count(line => line.Type != ChangeType.Deleted);
        var hunk = lines.GetRange(from, to - from);
        var oldCount = hunk.Count(line => line.Type != ChangeType.Inserted);
        var newCount = hunk.Count(line => line.Type != ChangeType.Deleted);
        screen.Line($"{indent}@@ -{oldStart},{oldCount} +{newStart},{newCount} @@", Tone.Place);
        foreach (var line in hunk)
        {
            var (sign, tone) = line.Type switch
            {
                ChangeType.Inserted => ('+', Tone.Added),
                ChangeType.Deleted => ('-', Tone.Removed),
                _ => (' ', Tone.Plain),
            };
            screen.Line($"{indent}{sign}{line.Text}", tone);
        }
    }
}
