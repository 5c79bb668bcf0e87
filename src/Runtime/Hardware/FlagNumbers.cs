namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>The numbers that flags of system calls have on an architecture (<c>asm/mman.h</c>); without initializers those of i386.</summary>
/// <remarks>Programs of the machine name flags; the numbers are what a driver's method sees, and what a binary of the architecture would pass.</remarks>
public sealed record FlagNumbers
{
    /// <summary><c>MAP_FIXED</c>.</summary>
    public uint MapFixed { get; init; } = 0x10;

    /// <summary><c>MAP_ANONYMOUS</c>.</summary>
    public uint MapAnonymous { get; init; } = 0x20;

    /// <summary><c>MS_ASYNC</c>.</summary>
    public uint MsAsync { get; init; } = 1;

    /// <summary><c>MS_INVALIDATE</c>.</summary>
    public uint MsInvalidate { get; init; } = 2;

    /// <summary><c>MS_SYNC</c>.</summary>
    public uint MsSync { get; init; } = 4;

    /// <summary><c>MCL_CURRENT</c>.</summary>
    public uint MclCurrent { get; init; } = 1;

    /// <summary><c>MCL_FUTURE</c>.</summary>
    public uint MclFuture { get; init; } = 2;
}
