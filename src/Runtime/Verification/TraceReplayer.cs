using MmapAnalyzers.Runtime.Kernel;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>Performs the calls of a trace on another machine, whose own trace must say the same.</summary>
internal sealed class TraceReplayer(LinuxKernel kernel, MachineTrace expected, MachineTrace actual)
{
    private int _compared;

    /// <summary>Performs all calls up to the first difference.</summary>
    public TraceDifference? Run()
    {
        for (int number = 1; number < expected.Lines.Count; number++)
        {
            string line = expected.Lines[number];
            if (line.StartsWith(' '))
                continue;
            if (Compare(upTo: number) is { } difference)
                return difference;
            if (RecordedCall.Parse(line, BytesAfter(number)) is { } call)
                call.Perform(kernel);
        }

        return Compare(upTo: expected.Lines.Count) ?? (actual.Lines.Count > expected.Lines.Count
            ? new TraceDifference(expected.Lines.Count + 1, null, actual.Lines[expected.Lines.Count])
            : null);
    }

    private TraceDifference? Compare(int upTo)
    {
        for (; _compared < upTo; _compared++)
        {
            string? line = _compared < actual.Lines.Count ? actual.Lines[_compared] : null;
            if (line != expected.Lines[_compared])
                return new TraceDifference(_compared + 1, expected.Lines[_compared], line);
        }

        return _compared < actual.Lines.Count ? new TraceDifference(_compared + 1, ExpectedAt(_compared), actual.Lines[_compared]) : null;
    }

    private string? ExpectedAt(int number) => number < expected.Lines.Count ? expected.Lines[number] : null;

    // What a store writes is the line right behind it.
    private string BytesAfter(int number)
    {
        const string Bytes = "  bytes ";
        string next = ExpectedAt(number + 1) ?? "";
        return next.StartsWith(Bytes, StringComparison.Ordinal) ? next[Bytes.Length..] : "";
    }
}
