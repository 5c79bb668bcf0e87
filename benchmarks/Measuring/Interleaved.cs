namespace MmapAnalyzers.Benchmarks.Measuring;

/// <summary>Measures two things in turn, so that whatever else the computer does slows both.</summary>
internal static class Interleaved
{
    private const int LeastRepetitions = 15;
    private const int MostRepetitions = 999;
    private const int LeastWarmUps = 3;

    /// <summary>The compiler improves code in the background, twice, some time after it was found to be hot.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600);

    /// <summary>Short repetitions are repeated more often: the more there are, the fewer of them does the computer's other work fall into.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(1500);

    /// <summary>Measures both, warmed up first.</summary>
    /// <param name="machine">One repetition on the machine; gives what it took.</param>
    /// <param name="reference">One repetition of what that is compared with.</param>
    /// <returns>The medians. Each repetition is divided by its neighbour, so that what slows the whole machine down for a while slows both.</returns>
    public static Measurement Medians(Func<double> machine, Func<double> reference)
    {
        Warm(machine);
        Warm(reference);
        GC.Collect();
        List<double> mine = [], theirs = [], ratios = [];
        long start = Environment.TickCount64;
        while (ratios.Count < LeastRepetitions || (ratios.Count < MostRepetitions && IsWithin(Window, start)))
        {
            mine.Add(machine());
            theirs.Add(reference());
            ratios.Add(mine[^1] / theirs[^1]);
        }

        return new Measurement(Median(mine), Median(theirs)) { Ratio = Median(ratios) };
    }

    /// <summary>Measures one thing.</summary>
    public static double Median(Func<double> machine, int repetitions = LeastRepetitions)
    {
        Warm(machine);
        return Median(Enumerable.Range(0, repetitions).Select(_ => machine()));
    }

    /// <summary>The one in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static void Warm(Func<double> work)
    {
        long start = Environment.TickCount64;
        for (int i = 0; i < LeastWarmUps || IsWithin(WarmUp, start); i++)
            work();
    }

    private static bool IsWithin(TimeSpan span, long start) => Environment.TickCount64 - start < span.TotalMilliseconds;
}
