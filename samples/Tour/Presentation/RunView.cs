using MmapAnalyzers.Runtime;
using Tour.Running;

namespace Tour.Presentation;

/// <summary>Shows a run of a driver as what was done and what came of it, with what the books say.</summary>
internal static class RunView
{
    private const int Indent = 2;

    public static void Write(Screen screen, Run run)
    {
        var column = Indent + run.Steps.Max(step => step.Action.Length) + 2;
        foreach (var step in run.Steps)
        {
            var lead = new string(' ', Indent) + step.Action.PadRight(column - Indent);
            screen.Prose((step.IsWrong ? "✗ " : "  ") + step.Outcome, new string(' ', column + 2), step.IsWrong ? Tone.Wrong : Tone.Plain, lead);
        }

        if (run.Violations.Count == 0)
            screen.Line("  the machine's books balance", run.IsInOrder ? Tone.Right : Tone.Plain);
        foreach (Violation violation in run.Violations)
            screen.Prose($"✗ the books: {violation}", "    ", Tone.Wrong, "  ");
    }
}
