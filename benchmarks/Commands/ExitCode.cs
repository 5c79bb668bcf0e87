namespace MmapAnalyzers.Benchmarks.Commands;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>All is within its budget, or nothing was to be judged.</summary>
    public const int Good = 0;

    /// <summary>A budget is exceeded.</summary>
    public const int Over = 1;

    /// <summary>The arguments make no sense.</summary>
    public const int BadInput = 2;
}
