using MmapAnalyzers.Benchmarks.Sources;
using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Benchmarks.Rigs;

namespace MmapAnalyzers.Benchmarks.Budgets;

/// <summary>
/// How much longer a build gets: processor time with analyzers less the time without, divided by the time without, each over a compilation of which nothing
/// was bound. Parsing and writing the assembly are in neither, so a whole build grows by less than these say.
/// </summary>
internal static class BuildBudgets
{
    private static readonly Lazy<Rounds<BuildCost>> Plain = new(() =>
        new Rounds<BuildCost>(() => BuildCost.Of(Corpora.Plain, []), () => BuildCost.Of(Corpora.Plain, AnalyzerSet.Own), () => BuildCost.Of(Corpora.Plain, AnalyzerSet.Peer)));

    public static IEnumerable<Budget> All { get; } =
    [
        new("idle", 0.01, "what all analyzers add to 50,000 lines that bind no protocol", "binding them", false, () => Added(Corpora.Idle)),
        new("plain", 0.10, "what all analyzers add to 50,000 lines of ordinary code", "binding them", false, () => Plain.Value.Medians(Own, Without)),
        new("dense", 0.30, "what all analyzers add to 20,000 lines of drivers", "binding them", false, () => Added(Corpora.Dense)),
        new("peer", 0.5, "what all analyzers add to 50,000 lines of ordinary code", $"what {AnalyzerSet.PeerId} adds", false, () => Plain.Value.Medians(Own, Peer)),
        new("growth", 1.2, "what all analyzers add to each of 100,000 lines", "to each of 10,000", false, Growth),
        new("allocation", 0.5, "bytes that all analyzers allocate for each of 50,000 lines of ordinary code", $"bytes that {AnalyzerSet.PeerId} allocates", false, Allocation),
    ];

    private static double Without(BuildCost[] round) => round[0].Nanoseconds;

    private static double Own(BuildCost[] round) => (round[1] - round[0]).Nanoseconds;

    private static double Peer(BuildCost[] round) => (round[2] - round[0]).Nanoseconds;

    private static Measurement Added(Corpus corpus) => new Rounds<BuildCost>(() => BuildCost.Of(corpus, []), () => BuildCost.Of(corpus, AnalyzerSet.Own)).Medians(Own, Without);

    private static Measurement Growth()
    {
        (Corpus small, Corpus large) = (Corpora.Small, Corpora.Large);
        var rounds = new Rounds<BuildCost>(
            () => BuildCost.Of(small, []), () => BuildCost.Of(small, AnalyzerSet.Own), () => BuildCost.Of(large, []), () => BuildCost.Of(large, AnalyzerSet.Own));
        return rounds.Medians(round => Own(round[2..]) / large.Lines, round => Own(round) / small.Lines);
    }

    private static Measurement Allocation()
    {
        int lines = Corpora.Plain.Lines;
        return Plain.Value.Medians(round => (round[1] - round[0]).Bytes / lines, round => (round[2] - round[0]).Bytes / lines, "bytes");
    }
}
