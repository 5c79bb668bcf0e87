using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Tour.Presentation;

/// <summary>Shows a finding in its source: the squiggle, and the numbered places of the path that leads there.</summary>
internal static class CodeFrame
{
    private const int Context = 2;

    /// <summary>Writes the frames of all files that the finding touches, its own first.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="finding">The finding.</param>
    /// <param name="nameOf">How a path is called.</param>
    public static void Write(Screen screen, Diagnostic finding, Func<string, string> nameOf)
    {
        var marks = finding.AdditionalLocations
            .Where(location => location.SourceTree is { } tree && !(tree == finding.Location.SourceTree && finding.Location.SourceSpan.Contains(location.SourceSpan)))
            .Select((location, index) => new Mark(location, index + 1))
            .Prepend(new Mark(finding.Location, null))
            .GroupBy(mark => mark.Location.SourceTree!);
        foreach (var file in marks)
            WriteFile(screen, nameOf(file.Key.FilePath), file.Key.GetText(), [.. file]);
    }

    private static void WriteFile(Screen screen, string name, SourceText text, Mark[] marks)
    {
        var lines = marks.Select(mark => mark.Line).ToHashSet();
        var shown = Enumerable.Range(0, text.Lines.Count).Where(line => marks.Any(mark => Math.Abs(mark.Line - line) <= (mark.Number is null ? Context : 0))).ToArray();
        var gutter = Math.Max(4, (shown[^1] + 1).ToString().Length + 1);
        var margin = new string(' ', gutter);
        var first = marks[0];
        screen.Line(($"{margin}─ ", Tone.Muted), ($"{name}:{first.Line + 1}:{first.Column + 1}", Tone.Place));
        var previous = -1;
        foreach (var line in shown)
        {
            if (previous >= 0 && line > previous + 1)
                screen.Line($"{"...".PadLeft(gutter)}", Tone.Muted);
            previous = line;
            screen.Line(($"{line + 1}".PadLeft(gutter) + " │ ", Tone.Muted), (Expand(text.Lines[line].ToString()), lines.Contains(line) ? Tone.Plain : Tone.Muted));
            foreach (var mark in marks.Where(mark => mark.Line == line).OrderBy(mark => mark.Number ?? 0))
                WriteMark(screen, margin, text.Lines[line].ToString(), mark);
        }
    }

    private static void WriteMark(Screen screen, string margin, string line, Mark mark)
    {
        var start = Expand(line[..Math.Min(mark.Column, line.Length)]).Length;
        var end = Expand(line[..Math.Min(mark.EndColumn, line.Length)]).Length;
        var (stroke, tone) = mark.Number is null ? ('~', Tone.Warning) : ('-', Tone.Place);
        screen.Line(
            ($"{margin} │ ", Tone.Muted),
            (new string(' ', start) + new string(stroke, Math.Max(1, end - start)) + (mark.Number is { } number ? $" {number}" : ""), tone));
    }

    private static string Expand(string text) => text.Replace("\t", "    ");

    /// <summary>A place to underline; a number makes it a step of the path.</summary>
    private sealed record Mark(Location Location, int? Number)
    {
        private readonly FileLinePositionSpan _span = Location.GetLineSpan();

        public int Line => _span.StartLinePosition.Line;

        public int Column => _span.StartLinePosition.Character;

        public int EndColumn => _span.EndLinePosition.Line == Line ? _span.EndLinePosition.Character : int.MaxValue;
    }
}
