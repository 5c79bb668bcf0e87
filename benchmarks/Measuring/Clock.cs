using System.Diagnostics;

namespace MmapAnalyzers.Benchmarks.Measuring;

/// <summary>Takes the time.</summary>
internal static class Clock
{
    /// <summary>The nanoseconds that each of a number of operations took.</summary>
    public static double NanosecondsEach(long start, int operations) => Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations;

    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>What all threads of this process have worked so far.</summary>
    public static TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime;
}
