using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>A segment of System V shared memory (<c>struct shmid_ds</c>).</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SharedSegment
{
    /// <summary>Segments of a machine at most (<c>SHMMNI</c>).</summary>
    internal const int Capacity = 128;

    private const int ReadMode = 0x124;
    private const int WriteMode = 0x92;
    private const int ModeMask = 0x1ff;

    private readonly int _mode;
    private readonly int _owner;

    internal SharedSegment(int id, int key, ulong size, int pages, ShmFlags flags, int owner)
    {
        Id = id;
        Key = key;
        Size = size;
        Entries = new ulong[pages];
        _mode = (int)flags & ModeMask;
        _owner = owner;
    }

    /// <summary>The number by which processes name the segment.</summary>
    public int Id { get; }

    /// <summary>The key it was made with; 0 for a private one (<c>IPC_PRIVATE</c>).</summary>
    public int Key { get; }

    /// <summary>The bytes asked for.</summary>
    public ulong Size { get; }

    /// <summary>The areas that count as attachments (<c>shm_nattch</c>): a copy made by <c>fork</c> and a piece left by <c>munmap</c> are some, too.</summary>
    public int AttachCount { get; internal set; }

    /// <summary>Whether the segment goes with its last attachment (<c>SHM_DEST</c>).</summary>
    public bool IsDoomed { get; internal set; }

    /// <summary>Whether its pages stay in memory (<c>SHM_LOCKED</c>).</summary>
    public bool IsLocked { get; internal set; }

    /// <summary>Its pages: 0 before the first touch, else the entry of a page in memory, or a swap entry (<c>shm_pages</c>).</summary>
    internal ulong[] Entries { get; }

    /// <summary>The areas it is attached to (<c>attaches</c>).</summary>
    internal List<VmArea> Areas { get; } = [];

    internal int Slot => Id % Capacity;

    /// <summary>Key, number and state in one line.</summary>
    public override string ToString() =>
        $"shm {Key:x8} id {Id} {Size} bytes nattch {AttachCount}{(IsDoomed ? " dest" : "")}{(IsLocked ? " locked" : "")}";

    /// <summary>Whether a user may attach it (<c>ipcperms</c>).</summary>
    internal bool Allows(int user, bool write) => AllowsMode(user, write ? ReadMode | WriteMode : ReadMode);

    /// <summary>Whether a user may do what the mode bits ask for; the superuser may do all.</summary>
    internal bool AllowsMode(int user, int mode)
    {
        int requested = (mode >> 6) | (mode >> 3) | mode;
        int granted = user == _owner ? _mode >> 6 : _mode;
        return user == 0 || (requested & ~granted & 7) == 0;
    }

    /// <summary>Whether a user may remove it.</summary>
    internal bool IsOwnedBy(int user) => user == 0 || user == _owner;
}
