using System.Text.RegularExpressions;
using Tour.Commands;

namespace Tour.Tests;

/// <summary>The tour goes as it is told, and reads well in a pipe.</summary>
public sealed class GuidedTourTests
{
    [Fact]
    public async Task Every_stop_goes_as_told()
    {
        var terminal = new Terminal();
        var code = await terminal.RunAsync();
        Assert.True(code == ExitCode.Good, terminal.Output);
        Assert.Empty(terminal.Errors);
        Assert.DoesNotContain('\e', terminal.Output);
        Assert.Contains("All 5 drivers were flagged, went wrong, and are in order after the repair.", terminal.Output);
    }

    [Fact]
    public async Task What_the_readme_shows_is_what_the_tour_prints()
    {
        var terminal = new Terminal();
        await terminal.RunAsync();
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).ReplaceLineEndings("\n");
        var blocks = Regex.Matches(readme, @"^```(text|diff)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.Equal(3, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(WithoutIndent(block.Groups[2].Value), WithoutIndent(terminal.Output.ReplaceLineEndings("\n"))));
    }

    /// <summary>The tour indents its diffs, the readme does not.</summary>
    private static string WithoutIndent(string text) => Regex.Replace(text, @"^ +|(?<=\n) +", "");

    [Fact]
    public async Task An_interruption_ends_it()
    {
        using var interruption = new CancellationTokenSource();
        await interruption.CancelAsync();
        Assert.Equal(ExitCode.Interrupted, await new Terminal().RunAsync(interruption.Token));
    }
}
