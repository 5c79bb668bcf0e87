namespace Tour.Commands;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Nothing is found, or every stop of the tour went as told.</summary>
    public const int Good = 0;

    /// <summary>Something is found, or a stop of the tour went otherwise.</summary>
    public const int Findings = 1;

    /// <summary>There was nothing to work on: no such path, nothing readable, or it does not compile.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
