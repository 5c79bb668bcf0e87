namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Defects of 2.0.40 that the machine leaves out unless it is told to have them.</summary>
[Flags]
public enum KernelDefects
{
    /// <summary>None: every count comes out right.</summary>
    None = 0,

    /// <summary>A <c>fork</c> that runs out of memory while it copies entries closes the child's area, although it was never opened.</summary>
    ForkFailureCloses = 1,

    /// <summary>A hole unmapped in the middle of an area, when memory for the second piece is short, loses the area: neither <c>close</c> is called nor the inode given back.</summary>
    HolePunchLosesArea = 2,

    /// <summary>A <c>shmat</c> that runs out of memory for tables gives the attachment back but leaves its area in the process, to be closed once too often.</summary>
    ShmMapFailureFreesLinkedArea = 4,
}
