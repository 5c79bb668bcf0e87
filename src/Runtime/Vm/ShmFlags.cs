namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What <c>shmget</c> and <c>shmat</c> are told beside sizes and addresses; the lowest nine bits are a mode, as of a file.</summary>
[Flags]
public enum ShmFlags
{
    /// <summary>An existing segment, to be read and written.</summary>
    None = 0,

    /// <summary>Others may write (<c>S_IWOTH</c>).</summary>
    OthersWrite = 0x2,

    /// <summary>Others may read (<c>S_IROTH</c>).</summary>
    OthersRead = 0x4,

    /// <summary>The owner's group may write (<c>S_IWGRP</c>); this machine has no groups.</summary>
    GroupWrite = 0x10,

    /// <summary>The owner's group may read (<c>S_IRGRP</c>); this machine has no groups.</summary>
    GroupRead = 0x20,

    /// <summary>The owner may write (<c>SHM_W</c>).</summary>
    OwnerWrite = 0x80,

    /// <summary>The owner may read (<c>SHM_R</c>).</summary>
    OwnerRead = 0x100,

    /// <summary><c>shmget</c>: make the segment if there is none (<c>IPC_CREAT</c>).</summary>
    Create = 0x200,

    /// <summary><c>shmget</c>: with <see cref="Create"/>, fail if there is one (<c>IPC_EXCL</c>).</summary>
    Exclusive = 0x400,

    /// <summary><c>shmat</c>: attach for reading only (<c>SHM_RDONLY</c>).</summary>
    ReadOnly = 0x1000,

    /// <summary><c>shmat</c>: round the address down to a page (<c>SHM_RND</c>).</summary>
    Round = 0x2000,

    /// <summary><c>shmat</c>: unmap what is there (<c>SHM_REMAP</c>).</summary>
    Remap = 0x4000,
}
