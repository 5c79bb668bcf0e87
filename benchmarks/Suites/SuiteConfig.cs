using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace MmapAnalyzers.Benchmarks.Suites;

/// <summary>How suites are run: in this process, so that nothing has to be built or downloaded first, and with no file left in the working tree.</summary>
internal static class SuiteConfig
{
    public static IConfig Create() => DefaultConfig.Instance
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "MmapAnalyzers.Benchmarks"));
}
