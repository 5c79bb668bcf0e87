namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The flags of an area (<c>vm_flags</c>): 16 bits in 2.0, so no later flag has a place here.</summary>
[Flags]
public enum VmFlags : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Loads are allowed (<c>VM_READ</c>).</summary>
    Read = 0x1,

    /// <summary>Stores are allowed (<c>VM_WRITE</c>).</summary>
    Write = 0x2,

    /// <summary>Execution is allowed (<c>VM_EXEC</c>).</summary>
    Exec = 0x4,

    /// <summary>Stores reach the object itself (<c>VM_SHARED</c>).</summary>
    Shared = 0x8,

    /// <summary><see cref="Read"/> may be switched on (<c>VM_MAYREAD</c>).</summary>
    MayRead = 0x10,

    /// <summary><see cref="Write"/> may be switched on (<c>VM_MAYWRITE</c>).</summary>
    MayWrite = 0x20,

    /// <summary><see cref="Exec"/> may be switched on (<c>VM_MAYEXEC</c>).</summary>
    MayExec = 0x40,

    /// <summary>The program asked for a shared mapping, whatever became of it (<c>VM_MAYSHARE</c>).</summary>
    MayShare = 0x80,

    /// <summary>A stack (<c>VM_GROWSDOWN</c>).</summary>
    GrowsDown = 0x100,

    /// <summary>A stack that grows up (<c>VM_GROWSUP</c>).</summary>
    GrowsUp = 0x200,

    /// <summary>Do not swap (<c>VM_SHM</c>); also makes merging ask for contiguous offsets.</summary>
    Shm = 0x400,

    /// <summary>Writing to the file is denied (<c>VM_DENYWRITE</c>).</summary>
    DenyWrite = 0x800,

    /// <summary>A program's text (<c>VM_EXECUTABLE</c>).</summary>
    Executable = 0x1000,

    /// <summary>Kept in memory (<c>VM_LOCKED</c>); with <see cref="Shm"/> what a driver sets to keep the swapper away.</summary>
    Locked = 0x2000,
}
