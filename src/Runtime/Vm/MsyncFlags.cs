namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The flags of <c>msync</c>. A driver's <c>sync</c> method sees them as the numbers of the architecture (<see cref="Hardware.FlagNumbers"/>).</summary>
[Flags]
public enum MsyncFlags
{
    /// <summary>None, which is allowed.</summary>
    None = 0,

    /// <summary>Start writing (<c>MS_ASYNC</c>). Together with <see cref="Sync"/> it is no error in 2.0.</summary>
    Async = 1,

    /// <summary>Forget what the entries hold (<c>MS_INVALIDATE</c>).</summary>
    Invalidate = 2,

    /// <summary>Write and wait for the object itself (<c>MS_SYNC</c>).</summary>
    Sync = 4,
}
