namespace MmapAnalyzers.Benchmarks.Measuring;

/// <summary>Measures two things in turn, so that whatever else the computer does slows both.</summary>
internal static class Interleaved
{
    private const int Repetitions = 15;
    private const int LeastWarmUps = 3;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(400);

    /// <summary>Measures both, warmed up first.</summary>
    /// <param name="machine">One repetition on the machine; gives what it took.</param>
    /// <param name="reference">One repetition of what that is compared with.</param>
    /// <param name="repetitions">How often.</param>
    /// <returns>The medians. Each repetition is divided by its neighbour, so that what slows the whole machine down for a while slows both.</returns>
    public static Measurement Medians(Func<double> machine, Func<double> reference, int repetitions = Repetitions)
    {
        Warm(machine);
        Warm(reference);
        GC.Collect();
        var mine = new double[repetitions];
        var theirs = new double[repetitions];
        for (int i = 0; i < repetitions; i++)
        {
            mine[i] = machine();
            theirs[i] = reference();
        }

        double ratio = Median(mine.Zip(theirs, (own, other) => own / other));
        return new Measurement(Median(mine), Median(theirs)) { Ratio = ratio };
    }

    /// <summary>Measures one thing.</summary>
    public static double Median(Func<double> machine, int repetitions = Repetitions)
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
        // By time, because the compiler improves code in the background some time after it was found to be hot.
        long start = Environment.TickCount64;
        for (int i = 0; i < LeastWarmUps || Environment.TickCount64 - start < WarmUp.TotalMilliseconds; i++)
            work();
    }
}
