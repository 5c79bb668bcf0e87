using System.Globalization;
using System.Text.RegularExpressions;

namespace MmapAnalyzers.Package.Tests;

/// <summary>A warning at a line: expected by a comment in the source, or printed by a build.</summary>
internal sealed partial record Finding(string File, int Line, string Id) : IComparable<Finding>
{
    /// <summary>What the <c>// expect: MMAP1001, MMAP1002</c> comments below a folder ask for.</summary>
    public static SortedSet<Finding> ExpectedIn(string folder) =>
    [
        .. from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
           let relative = Path.GetRelativePath(folder, file).Replace('\\', '/')
           where relative.Split('/')[0] is not ("bin" or "obj")
           from line in System.IO.File.ReadLines(file).Select((text, index) => (text, number: index + 1))
           from Capture id in ExpectComment().Match(line.text).Groups["id"].Captures
           select new Finding(relative, line.number, id.Value),
    ];

    /// <summary>The warnings that a build log tells about files below a folder; MSBuild repeats them in its summary, here each counts once.</summary>
    /// <remarks>A warning of the whole compilation, such as that of an analyzer that threw, stands at line 0 of <c>CSC</c>.</remarks>
    public static SortedSet<Finding> ReportedIn(string log, string folder) =>
    [
        .. from Match match in WarningLine().Matches(log)
           let file = match.Groups["file"].Value
           select new Finding(
               Path.GetRelativePath(folder, Path.GetFullPath(file, folder)).Replace('\\', '/'),
               match.Groups["line"] is { Success: true, Value: var line } ? int.Parse(line, CultureInfo.InvariantCulture) : 0,
               match.Groups["id"].Value),
    ];

    /// <summary>Fails with the two differences and the whole log.</summary>
    public static void AssertSame(IReadOnlySet<Finding> expected, IReadOnlySet<Finding> reported, string log)
    {
        string missing = string.Join("\n  ", expected.Where(finding => !reported.Contains(finding)));
        string surplus = string.Join("\n  ", reported.Where(finding => !expected.Contains(finding)));
        Assert.True(missing.Length + surplus.Length == 0, $"Expected and not reported:\n  {missing}\nReported and not expected:\n  {surplus}\n\nThe build's log:\n{log}");
    }

    public int CompareTo(Finding? other) => other is null ? 1 : (File, Line, Id).CompareTo((other.File, other.Line, other.Id));

    public override string ToString() => $"{File}({Line}): {Id}";

    [GeneratedRegex(@"//\s*expect:(?:[\s,]*(?<id>[A-Z]+\d{4}))+")]
    private static partial Regex ExpectComment();

    [GeneratedRegex(@"^\s*(?<file>[^\r\n(]+?)(?:\((?<line>\d+),\d+(?:,\d+,\d+)?\))? ?: warning (?<id>\w+):", RegexOptions.Multiline)]
    private static partial Regex WarningLine();
}
