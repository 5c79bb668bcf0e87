namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What <c>shmctl</c> does with a segment; the commands that fill or read a buffer are not emulated.</summary>
public enum ShmCommand
{
    /// <summary>Destroy the segment with its last attachment (<c>IPC_RMID</c>).</summary>
    Remove = 0,

    /// <summary>Keep the segment's pages in memory (<c>SHM_LOCK</c>).</summary>
    Lock = 11,

    /// <summary>Let the segment's pages be swapped again (<c>SHM_UNLOCK</c>).</summary>
    Unlock = 12,
}
