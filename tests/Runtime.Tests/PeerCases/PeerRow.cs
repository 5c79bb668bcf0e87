namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>One case of a test suite about mappings that others keep, and what 2.0.40 makes of it.</summary>
/// <param name="Id">The suite and the name it has there.</param>
/// <param name="Steps">What a program does.</param>
/// <param name="Expect">What the suite expects.</param>
/// <param name="Kernel20">What 2.0.40 does: <c>same</c>, or what is different.</param>
/// <param name="Here">Why the case does not apply here; empty when it does.</param>
internal sealed record PeerRow(string Id, string Steps, string Expect, string Kernel20, string Here)
{
    private const int Columns = 7;

    /// <summary>Whether a program runs it.</summary>
    public bool Applies => Here.Length == 0;

    /// <summary>The name of its test, such as <c>ltp:mmap08 mmap of a closed fd → EBADF</c>.</summary>
    public string DisplayName => $"{Id} {Steps} → {Result}";

    private string Result => Kernel20 is "same" or "this IS the 2.0 profile" ? Expect : Kernel20;

    /// <summary>The rows of the table, which is a resource of this assembly.</summary>
    public static IReadOnlyList<PeerRow> Table { get; } = [.. Lines().Skip(1).Select(Parse)];

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(typeof(PeerRow).Assembly.GetManifestResourceStream("peer-cases.tsv")!);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static PeerRow Parse(string line)
    {
        string[] cells = line.Split('\t');
        Assert.Equal(Columns, cells.Length);
        return new PeerRow(Id: cells[0], Steps: cells[3], Expect: cells[4], Kernel20: cells[5], Here: cells[6]);
    }
}
