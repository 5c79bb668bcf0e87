namespace MmapAnalyzers.Differential.Commands;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>The two sides agree, or there is no host to compare with.</summary>
    public const int Good = 0;

    /// <summary>They do not.</summary>
    public const int Divergences = 1;

    /// <summary>The arguments make no sense.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C before the end; what was compared until then agrees.</summary>
    public const int Interrupted = 130;
}
