using System.Diagnostics;
using MmapAnalyzers.Annotations;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>A device node, a file or a pipe (<c>struct inode</c>): open files and areas hold it, each by one unit of its count.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Inode
{
    private readonly DriverGate _gate;

    internal Inode(string path, int major, int minor, DriverGate gate, Books books, CallContext context, InodeKind kind = InodeKind.CharDevice)
    {
        Kind = kind;
        Path = path;
        Major = major;
        Minor = minor;
        _gate = gate;
        Audit = new InodeAudit(this, books, context);
    }

    /// <summary>Its number on the machine, from 1 in the order in which inodes were made (<c>i_ino</c>).</summary>
    public int Number { get; internal init; }

    /// <summary>The name that the node has.</summary>
    public string Path { get; }

    /// <summary>What it stands for.</summary>
    public InodeKind Kind { get; }

    /// <summary>The bytes of a file (<c>i_size</c>); zero for a device, unless somebody truncated its node to something else.</summary>
    public ulong Size { get; internal set; }

    /// <summary>The number of the driver (<c>MAJOR(i_rdev)</c>).</summary>
    public int Major { get; }

    /// <summary>The number of the device among the driver's own (<c>MINOR(i_rdev)</c>).</summary>
    public int Minor { get; }

    /// <summary>The units taken and not given back (<c>i_count</c>).</summary>
    public int Count { get; private set; }

    /// <summary>Major and minor number as listings write them (<c>kdevname</c>).</summary>
    internal string Device => $"{Major:x2}:{Minor:x2}";

    internal InodeAudit Audit { get; }

    /// <summary>Writes the object itself to its disk and waits (<c>file_fsync</c>); null for one that has none, which is success.</summary>
    internal Func<Errno>? Fsync { get; set; }

    /// <summary>The areas that map it (<c>i_mmap</c>).</summary>
    internal AreaRing Areas { get; } = new();

    /// <summary>What the disk has of it; null for anything but a file of the disk.</summary>
    internal DiskFile? Disk { get; init; }

    /// <summary>The frames of its cached pages by offset (<c>i_pages</c>); null before the first one.</summary>
    internal Dictionary<ulong, int>? CachedPages { get; set; }

    /// <summary>Takes one unit, as <c>inode-&gt;i_count++</c> does.</summary>
    [Acquires("inode")]
    public void Get()
    {
        using KernelLock.Held held = _gate.Lock.Enter();
        Audit.Book(1);
        Count++;
    }

    /// <summary>Gives one unit back (<c>iput</c>). With count 0 the kernel complains in its log and does nothing.</summary>
    [Releases("inode")]
    public void Put()
    {
        using KernelLock.Held held = _gate.Lock.Enter();
        Audit.Book(-1);
        Release();
    }

    /// <summary>Path, device or size, and count in one line: <c>/dev/simple 3c:00 i_count 2</c>, <c>/file 5000 bytes i_count 1</c>.</summary>
    public override string ToString() => Kind switch
    {
        InodeKind.CharDevice => $"{Path} {Device} i_count {Count}",
        InodeKind.Regular => $"{Path} {Size} bytes i_count {Count}",
        _ => $"{Path} i_count {Count}",
    };

    /// <summary>The core takes a unit.</summary>
    internal void Hold() => Count++;

    /// <summary>The core gives a unit back.</summary>
    internal void Release()
    {
        if (Count == 0)
        {
            _gate.Printk("VFS: iput: trying to free free inode");
            Audit.AfterDrop(-1);
            return;
        }

        Decrement();
    }

    /// <summary>The plain decrement with which merging drops a unit.</summary>
    internal void Decrement()
    {
        Count--;
        Audit.AfterDrop(Count);
    }
}
