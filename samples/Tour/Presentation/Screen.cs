using Spectre.Console;

namespace Tour.Presentation;

/// <summary>Writes text to a terminal in colour, or to anything else as plain lines.</summary>
internal sealed class Screen
{
    private const int WidestProse = 110;
    private const int PipedWidth = 100;
    private const int Narrowest = 40;
    private const int UnknownWidth = 80;

    private readonly IAnsiConsole _console;

    /// <param name="output">Where to.</param>
    /// <param name="terminalWidth">The columns of the terminal; null when the output goes elsewhere.</param>
    /// <param name="colour">Whether control codes may be written.</param>
    public Screen(TextWriter output, int? terminalWidth, bool colour)
    {
        TerminalWidth = terminalWidth is { } width ? Math.Max(width, Narrowest) : null;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        _console.Profile.Width = int.MaxValue / 4;   // lines are broken here, where it is known what they are
    }

    /// <summary>The columns of the terminal; null when there is none and lines may be as long as they are.</summary>
    public int? TerminalWidth { get; }

    private int ProseWidth => Math.Min(TerminalWidth ?? PipedWidth, WidestProse);

    /// <summary>The console's own screen, as the environment wants it.</summary>
    public static Screen OfConsole()
    {
        if (Console.IsOutputRedirected)
            return new Screen(Console.Out, null, colour: false);
        var colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new Screen(Console.Out, Console.WindowWidth > 0 ? Console.WindowWidth : UnknownWidth, colour);
    }

    /// <summary>Writes one line; at the edge of a terminal it is cut.</summary>
    public void Line(params ReadOnlySpan<(string Text, Tone Tone)> pieces)
    {
        var room = TerminalWidth ?? int.MaxValue;
        while (!pieces.IsEmpty && string.IsNullOrWhiteSpace(pieces[^1].Text))
            pieces = pieces[..^1];
        for (var i = 0; i < pieces.Length; i++)
        {
            var (text, tone) = pieces[i];
            if (i == pieces.Length - 1)
                text = text.TrimEnd();
            var shown = text.Length <= room ? text : room > 0 ? text[..(room - 1)] + "…" : "";
            room -= text.Length;
            if (shown.Length > 0)
                _console.Write(new Text(shown, StyleOf(tone)));
        }

        _console.WriteLine();
    }

    /// <summary>Writes one line in one tone.</summary>
    public void Line(string text, Tone tone = Tone.Plain) => Line((text, tone));

    /// <summary>Writes an empty line.</summary>
    public void Blank() => _console.WriteLine();

    /// <summary>Writes text over as many lines as it needs.</summary>
    public void Prose(string text, string indent = "", Tone tone = Tone.Plain, string? firstIndent = null)
    {
        var line = firstIndent ?? indent;
        var isEmpty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > ProseWidth)
            {
                Line(line, tone);
                line = indent;
                isEmpty = true;
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        Line(line, tone);
    }

    /// <summary>Writes a heading with a line across.</summary>
    public void Heading(string text)
    {
        Blank();
        Line(($"── {text} ", Tone.Title), (new string('─', Math.Max(3, ProseWidth - text.Length - 4)), Tone.Muted));
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Muted => new Style(Color.Grey),
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Title => new Style(Color.Aqua, decoration: Decoration.Bold),
        Tone.Warning => new Style(Color.Yellow, decoration: Decoration.Bold),
        Tone.Wrong or Tone.Removed => new Style(Color.Red),
        Tone.Right or Tone.Added => new Style(Color.Green),
        Tone.Place => new Style(Color.Teal),
        _ => Style.Plain,
    };
}
