namespace MmapAnalyzers.Benchmarks.Measuring;

/// <summary>Long works done in turn, round after round; the first round warms up and does not count.</summary>
/// <remarks>As many rounds as fit into a time, at least one: what takes longer is far from any budget.</remarks>
/// <typeparam name="T">What one work gives.</typeparam>
internal sealed class Rounds<T>
{
    private const int Most = 9;

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(45);

    private readonly List<T[]> _rounds = [];

    public Rounds(params Func<T>[] works)
    {
        Array.ForEach(works, work => work());
        long start = Environment.TickCount64;
        do
            _rounds.Add([.. works.Select(work => work())]);
        while (_rounds.Count < Most && Environment.TickCount64 - start < Enough.TotalMilliseconds);
    }

    /// <summary>The medians of two numbers of a round, and of their ratios.</summary>
    /// <param name="machine">The number that must not become large, from what the works gave.</param>
    /// <param name="reference">What it is divided by.</param>
    /// <param name="unit">The unit of both.</param>
    public Measurement Medians(Func<T[], double> machine, Func<T[], double> reference, string unit = "ns") =>
        new(Interleaved.Median(_rounds.Select(machine)), Interleaved.Median(_rounds.Select(reference)), unit)
        {
            Ratio = Interleaved.Median(_rounds.Select(round => machine(round) / reference(round))),
        };
}
