namespace MmapAnalyzers.Package.Tests;

/// <summary>Projects of imaginary users, built outside the repository from the packages alone, without a network.</summary>
public sealed class ConsumerTests(PackageFeed feed)
{
    [Fact]
    public async Task Whoever_installs_the_runtime_sees_the_findings_and_can_run_the_driver()
    {
        using var user = new Consumer("RuntimeConsumer", feed);
        await user.BuildsWithTheExpectedFindings();

        Assert.Contains("MmapAnalyzers.Runtime.dll", user.OutputFiles());
        Assert.DoesNotContain("MmapAnalyzers.dll", user.OutputFiles());
        string output = await user.Run();
        Assert.Contains("module uses after mmap: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_analyzers_alone_check_an_api_that_declares_its_own_attributes()
    {
        using var user = new Consumer("AnalyzersConsumer", feed);
        await user.BuildsWithTheExpectedFindings();

        Assert.DoesNotContain(user.OutputFiles(), file => file.StartsWith("MmapAnalyzers", StringComparison.Ordinal));
        await user.Run();
    }
}
