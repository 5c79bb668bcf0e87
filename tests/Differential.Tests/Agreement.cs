using MmapAnalyzers.Differential.Comparing;
using MmapAnalyzers.Differential.Programs;
using MmapAnalyzers.Differential.Running;
using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Differential.Tests;

/// <summary>Asserts that the machine and the host agree. A reproducer that a long run prints is a call of <see cref="Check"/>.</summary>
internal static class Agreement
{
    /// <summary>Skips the test where there is no host to compare with.</summary>
    public static void NeedsHost() => Assert.SkipWhen(HostKernel.WhyNot is not null, $"Nothing to compare with: {HostKernel.WhyNot}.");

    /// <summary>Runs a program on both sides.</summary>
    public static void Check(params Operation[] program)
    {
        NeedsHost();
        using var runner = new Runner();
        Divergence? divergence = runner.Run(program);
        Assert.True(divergence is null, divergence?.ToString());
    }
}
