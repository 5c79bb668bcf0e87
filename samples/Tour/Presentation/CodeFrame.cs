using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Tour.Presentation;

/// <summary>Shows a finding in its source: the squiggle, and the numbered places of the path that leads there.</summary>
internal static class CodeFrame
{
    private const int Context = 2;
    private const string Border = " │ ";
    private const int LabelRoom = 3;

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
            var code = text.Lines[line].ToString();
            var here = marks.Where(mark => mark.Line == line).OrderBy(mark => mark.Number ?? 0).Select(mark => mark.On(code)).ToArray();
            var room = (screen.TerminalWidth ?? int.MaxValue) - gutter - Border.Length;
            var hidden = HiddenColumns(here, room);
            var visible = hidden == 0 ? Expand(code) : "…" + Expand(code)[(hidden + 1)..];
            screen.Line(($"{line + 1}".PadLeft(gutter) + Border, Tone.Muted), (visible, here.Length > 0 ? Tone.Plain : Tone.Muted));
            foreach (var underline in here)
                WriteUnderline(screen, margin, underline, hidden, room);
        }
    }

    /// <summary>How many columns are left out at the left, so that every underline can be seen to begin.</summary>
    private static int HiddenColumns(Underline[] underlines, int room)
    {
        if (underlines.MaxBy(underline => underline.Start) is not { } last || last.Start < room * 3L / 4)
            return 0;
        return Math.Max(0, Math.Min(last.End + LabelRoom - room, last.Start - (room / 3)));
    }

    /// <summary>An underline that does not fit is cut before its number.</summary>
    private static void WriteUnderline(Screen screen, string margin, Underline underline, int hidden, int room)
    {
        var label = underline.Number is { } number ? $" {number}" : "";
        var (stroke, tone) = underline.Number is null ? ('~', Tone.Warning) : ('-', Tone.Place);
        var start = Math.Max(0, underline.Start - hidden);
        var end = Math.Min(underline.End - hidden, room - label.Length);
        screen.Line(($"{margin}{Border}", Tone.Muted), (new string(' ', start) + new string(stroke, Math.Max(1, end - start)) + label, tone));
    }

    private static string Expand(string text) => text.Replace("\t", "    ");

    /// <summary>A place to underline; a number makes it a step of the path.</summary>
    private sealed record Mark(Location Location, int? Number)
    {
        private readonly FileLinePositionSpan _span = Location.GetLineSpan();

        public int Line => _span.StartLinePosition.Line;

        public int Column => _span.StartLinePosition.Character;

        /// <summary>The columns of the place on its first line, as they are shown.</summary>
        public Underline On(string code)
        {
            var end = _span.EndLinePosition.Line == Line ? _span.EndLinePosition.Character : code.Length;
            return new Underline(Expand(code[..Math.Min(Column, code.Length)]).Length, Expand(code[..Math.Min(end, code.Length)]).Length, Number);
        }
    }

    /// <summary>The columns of an underline.</summary>
    private sealed record Underline(int Start, int End, int? Number);
}
