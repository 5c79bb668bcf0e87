using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>What happened on a machine, as lines of text: calls of processes with arguments and results, accesses, faults, methods of drivers and signals.
/// What happened inside of something else is indented.</summary>
/// <remarks>The same program on a machine that was prepared in the same way gives the same lines, always. The format is for reading and for comparing; it
/// may change from one version to the next.</remarks>
[DebuggerDisplay("{Lines.Count} lines")]
public sealed class MachineTrace
{
    private readonly List<string> _lines;

    internal MachineTrace(IEnumerable<string> lines) => _lines = [.. lines];

    /// <summary>The lines so far; the first one names the machine.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Reads a trace that was saved.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static MachineTrace Load(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        if (lines.Count == 0 || !lines[0].StartsWith(TraceFormat.Header, StringComparison.Ordinal))
            throw new FormatException("This is no trace of a machine: its first line does not name one.");
        return new MachineTrace(lines);
    }

    /// <summary>Reads a trace that was saved, as UTF-8.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static MachineTrace Load(Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        return Load(reader);
    }

    /// <summary>Writes all lines.</summary>
    public void Save(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (string line in _lines)
            writer.WriteLine(line);
    }

    /// <summary>Writes all lines as UTF-8.</summary>
    public void Save(Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        Save(writer);
    }

    internal void Add(string line) => _lines.Add(line);
}
