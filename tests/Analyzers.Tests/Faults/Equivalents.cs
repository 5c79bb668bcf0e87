using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>The checked-in list of mutants that are right all the same, for reasons that no general criterion sees.</summary>
internal static class Equivalents
{
    private const string File = "tests/Analyzers.Tests/Faults/EquivalentMutants.txt";

    public static ImmutableHashSet<string> Names { get; } =
    [
        .. System.IO.File.ReadLines(Repository.PathOf(File)).Where(static line => line.Length > 0 && line[0] != '#').Select(static line => line[..line.IndexOf(": ", StringComparison.Ordinal)]),
    ];
}
