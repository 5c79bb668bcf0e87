using MmapAnalyzers.Differential.Comparing;
using MmapAnalyzers.Differential.Programs;

namespace MmapAnalyzers.Differential.Running;

/// <summary>A divergence and the shortest program that shows it.</summary>
internal sealed record Finding(int Seed, IReadOnlyList<Operation> Program, Divergence Divergence)
{
    /// <summary>The program as C#, to be put into a test.</summary>
    public override string ToString() =>
        $"""
        seed {Seed}: {Divergence}
        Agreement.Check(
            {string.Join(",\n    ", Program)});
        """;
}
