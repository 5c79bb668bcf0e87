using System.Text.RegularExpressions;

namespace MmapAnalyzers.Tests.SelfChecks;

/// <summary>The few parts of Markdown that the pages are checked for.</summary>
internal static partial class Markdown
{
    /// <summary>The rows of the table that has a header, as trimmed cells, without header and rule.</summary>
    public static IReadOnlyList<string[]> Table(string text, string header)
    {
        var lines = text.Split('\n');
        var start = Array.FindIndex(lines, line => line.Trim() == header);
        Assert.True(start >= 0, $"There is no table with the header {header}");
        return [.. lines.Skip(start + 2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
    }

    /// <summary>The blocks of a language.</summary>
    public static IEnumerable<string> Blocks(string text, string language) => Fence().Matches(text).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value);

    /// <summary>The blocks of C#, each with the protocol text that stands before it.</summary>
    public static IEnumerable<Example> Examples(string text)
    {
        var protocol = "";
        foreach (Match match in Fence().Matches(text))
        {
            switch (match.Groups[1].Value)
            {
                case "protocol":
                    protocol += match.Groups[2].Value;
                    break;
                case "csharp":
                    yield return new Example(match.Groups[2].Value, protocol);
                    protocol = "";
                    break;
            }
        }
    }

    [GeneratedRegex(@"^```(\w*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}

/// <summary>Code as a page shows it, and the protocol text that describes what it uses; empty if there is none.</summary>
internal sealed record Example(string Code, string Protocol);
