using System.Text;
using Tour.Commands;

namespace Tour.Tests;

/// <summary>The user's own files.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Terminal _terminal = new();

    public static TheoryData<string> Rules => ["MMAP1001", "MMAP1002", "MMAP1005", "MMAP2001", "MMAP3001"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_good_driver_passes()
    {
        Assert.Equal(ExitCode.Good, await _terminal.RunAsync(_folder.Write("Good.cs", Drivers.Good)));
        Assert.Contains("Nothing found", _terminal.Output);
        Assert.Empty(_terminal.Errors);
    }

    [Fact]
    public async Task Usings_that_a_project_would_add_are_added()
    {
        var driver = string.Join('\n', Drivers.Good.Split('\n').Where(line => !line.StartsWith("using")));
        Assert.Equal(ExitCode.Good, await _terminal.RunAsync(_folder.Write("Good.cs", driver)));
    }

    [Fact]
    public async Task A_program_may_have_top_level_statements() =>
        Assert.Equal(ExitCode.Good, await _terminal.RunAsync(_folder.Write("Program.cs", "System.Console.WriteLine(1);\n")));

    [Fact]
    public async Task What_an_editorconfig_switches_off_is_not_found()
    {
        _folder.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.MMAP1001.severity = none\n");
        _folder.Write("loud/.editorconfig", "[*.cs]\ndotnet_diagnostic.MMAP1001.severity = error\n");
        Assert.Equal(ExitCode.Good, await _terminal.RunAsync(_folder.Write("Quiet.cs", Drivers.Broken("MMAP1001"))));
        Assert.Equal(ExitCode.Findings, await _terminal.RunAsync(_folder.Write("loud/Loud.cs", Drivers.Broken("MMAP1001"))));
        Assert.Contains("MMAP1001 error: ", _terminal.Output);
    }

    [Theory, MemberData(nameof(Rules))]
    public async Task A_finding_is_shown_in_its_source_with_a_repair(string rule)
    {
        var path = _folder.Write("Driver.cs", Drivers.Broken(rule));
        Assert.Equal(ExitCode.Findings, await _terminal.RunAsync(path));
        Assert.Contains($"{rule} warning: ", _terminal.Output);
        Assert.Contains("~~~~", _terminal.Output);
        Assert.Contains("\n+++ ", _terminal.Output);
        Assert.DoesNotContain('\e', _terminal.Output);
        Assert.Equal(Drivers.Broken(rule), File.ReadAllText(path));
    }

    [Theory, MemberData(nameof(Rules))]
    public async Task Fix_writes_the_repair_and_nothing_is_found_after_it(string rule)
    {
        var path = _folder.Write("Driver.cs", Drivers.Broken(rule));
        Assert.Equal(ExitCode.Good, await _terminal.RunAsync(path, "--fix"));
        Assert.Contains($"Written: {path}", _terminal.Output);
        Assert.NotEqual(Drivers.Broken(rule), File.ReadAllText(path));

        var again = new Terminal();
        Assert.Equal(ExitCode.Good, await again.RunAsync(path));
        Assert.Contains("Nothing found", again.Output);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Fix_keeps_the_encoding_and_the_line_endings()
    {
        var text = Drivers.Broken("MMAP1001").Replace("public sealed", "// Bildspeicher für äöü\npublic sealed").ReplaceLineEndings("\r\n");
        var path = _folder.Write("Driver.cs", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]);

        Assert.Equal(ExitCode.Good, await _terminal.RunAsync(path, "--fix"));

        var written = File.ReadAllBytes(path);
        Assert.Equal(Encoding.Unicode.GetPreamble(), written[..2]);
        var repaired = Encoding.Unicode.GetString(written[2..]);
        Assert.Contains("für äöü\r\n", repaired);
        Assert.Equal(repaired, repaired.ReplaceLineEndings("\r\n"));
        Assert.NotEqual(text, repaired);
    }

    [Fact]
    public async Task A_folder_is_compiled_as_one_program_and_only_files_that_change_are_written()
    {
        var broken = Drivers.Broken("MMAP1001").Replace("FrameBuffer", "Broken");
        var good = _folder.Write("src/Good.cs", Drivers.Good.Replace("IncrementUseCount();\n        area", "Counting.Take(this);\n        area"));
        var bad = _folder.Write("src/drivers/Broken.cs", broken);
        _folder.Write("Counting.cs", "static class Counting { public static void Take(MmapAnalyzers.Runtime.Kernel.KernelModule module) => module.IncrementUseCount(); }\n");
        _folder.Write("bin/Debug/Broken.cs", broken);
        var before = File.GetLastWriteTimeUtc(good);

        Assert.Equal(ExitCode.Good, await _terminal.RunAsync(_folder.Path, "--fix"));

        Assert.Contains($"Written: {bad}", _terminal.Output);
        Assert.DoesNotContain($"Written: {good}", _terminal.Output);
        Assert.Equal(before, File.GetLastWriteTimeUtc(good));
    }

    [Fact]
    public async Task An_interruption_ends_it()
    {
        using var interruption = new CancellationTokenSource();
        await interruption.CancelAsync();
        _folder.Write("Driver.cs", Drivers.Broken("MMAP1001"));
        Assert.Equal(ExitCode.Interrupted, await _terminal.RunAsync(interruption.Token, _folder.Path, "--fix"));
        Assert.Empty(_terminal.Output);
    }
}
