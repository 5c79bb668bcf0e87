using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Tour.Sources;

/// <summary>Gives the lines of a changed text the endings of the original.</summary>
internal static class LineEndings
{
    /// <summary>Lines that were there before keep their own ending; new ones get the ending that most lines have.</summary>
    public static string Restore(string original, string changed)
    {
        var old = Split(original);
        var endings = old.Select(line => line.Ending).Where(ending => ending.Length > 0).ToArray();
        var usual = endings.GroupBy(ending => ending).MaxBy(group => group.Count())?.Key ?? "\n";
        var lines = Split(changed);
        if (endings.All(ending => ending == usual))
            return string.Concat(lines.Select(line => line.Text + (line.Ending.Length > 0 ? usual : "")));

        var kept = KeptLines(old, lines);
        return string.Concat(lines.Select((line, index) => line.Text + (line.Ending.Length == 0 ? "" : kept.TryGetValue(index, out var from) && old[from].Ending.Length > 0 ? old[from].Ending : usual)));
    }

    /// <summary>From the index of a line in the new text to its index in the old one.</summary>
    private static Dictionary<int, int> KeptLines(List<(string Text, string Ending)> old, List<(string Text, string Ending)> lines)
    {
        var kept = new Dictionary<int, int>();
        var diff = InlineDiffBuilder.Diff(Join(old), Join(lines), ignoreWhiteSpace: false);
        int oldIndex = 0, newIndex = 0;
        foreach (var piece in diff.Lines)
        {
            if (piece.Type == ChangeType.Unchanged)
                kept[newIndex] = oldIndex;
            if (piece.Type != ChangeType.Inserted)
                oldIndex++;
            if (piece.Type != ChangeType.Deleted)
                newIndex++;
        }

        return kept;
    }

    private static string Join(List<(string Text, string Ending)> lines) => string.Join('\n', lines.Select(line => line.Text));

    private static List<(string Text, string Ending)> Split(string text)
    {
        var lines = new List<(string, string)>();
        var start = 0;
        for (var end = text.AsSpan().IndexOfAny('\r', '\n'); end >= 0;)
        {
            var length = text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1;
            lines.Add((text[start..end], text.Substring(end, length)));
            start = end + length;
            var next = text.AsSpan(start).IndexOfAny('\r', '\n');
            end = next < 0 ? -1 : start + next;
        }

        lines.Add((text[start..], ""));
        return lines;
    }
}
