namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What an inode stands for (the type bits of <c>i_mode</c>).</summary>
public enum InodeKind
{
    /// <summary>A character device: a driver with a major number answers (<c>S_IFCHR</c>).</summary>
    CharDevice,

    /// <summary>A file on the disk, or text that the kernel makes up when it is read (<c>S_IFREG</c>).</summary>
    Regular,

    /// <summary>A pipe, which has no name (<c>S_IFIFO</c>).</summary>
    Pipe,
}
