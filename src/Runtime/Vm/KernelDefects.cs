namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Defects of 2.0.40 that the machine has only when they are switched on.</summary>
[Flags]
public enum KernelDefects
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>
    /// A <c>fork</c> that runs out of memory while it copies the entries of an area leaves that area in the child: it is <em>closed</em> although it was never
    /// opened (<c>dup_mmap</c>, <c>exit_mmap</c>). Switched off, the area goes without a call.
    /// </summary>
    ForkFailureCloses = 1,

    /// <summary>
    /// A <c>munmap</c> of a part that finds no memory for what is left of the area loses the area: neither <c>close</c> nor <c>iput</c>, and the call
    /// returns 0 (<c>unmap_fixup</c>). Switched off, the call is <c>ENOMEM</c> before anything is changed.
    /// </summary>
    HolePunchLosesArea = 2,

    /// <summary>An attach of shared memory that fails while its entries are filled frees an area that is still linked (<c>sys_shmat</c>). Switched off, the area is taken out first.</summary>
    ShmMapFailureFreesLinkedArea = 4,
}
