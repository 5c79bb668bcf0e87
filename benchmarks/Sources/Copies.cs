using System.Text.RegularExpressions;

namespace MmapAnalyzers.Benchmarks.Sources;

/// <summary>The same sources over and over, each time in namespaces of their own, as a larger project has more of everything.</summary>
internal static partial class Copies
{
    /// <param name="sources">What is copied; whole copies only, so that each compiles.</param>
    /// <param name="lines">How many lines there shall be, within half a copy.</param>
    public static IReadOnlyCollection<string> Of(IReadOnlyCollection<string> sources, int lines)
    {
        int each = sources.Sum(text => text.AsSpan().Count('\n'));
        int copies = Math.Max(1, (lines + (each / 2)) / each);
        var roots = new Regex($@"(?<![\w.])({string.Join('|', sources.SelectMany(RootsIn).Distinct())})(?=[.;\s])");
        return [.. Enumerable.Range(0, copies).SelectMany(copy => sources.Select(text => roots.Replace(text, root => $"{root.Value}{copy:00}")))];
    }

    /// <summary>The first parts of the namespaces that a source declares.</summary>
    private static IEnumerable<string> RootsIn(string source) => Namespace().Matches(source).Select(found => found.Groups[1].Value);

    [GeneratedRegex(@"^namespace (\w+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
