namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The flags of <c>open</c>: the access mode in the low two bits, and what else is to be done; with the values of i386.</summary>
[Flags]
public enum OpenFlags
{
    /// <summary>For reading (<c>O_RDONLY</c>).</summary>
    ReadOnly = 0,

    /// <summary>For writing (<c>O_WRONLY</c>): such a file cannot be mapped at all.</summary>
    WriteOnly = 1,

    /// <summary>For both (<c>O_RDWR</c>).</summary>
    ReadWrite = 2,

    /// <summary>A file that is not there is made, empty (<c>O_CREAT</c>).</summary>
    Create = 0x40,

    /// <summary>A file of the disk loses its content (<c>O_TRUNC</c>), whatever the access mode. Nothing for a device.</summary>
    Truncate = 0x200,

    /// <summary>Every write goes to the end of the file (<c>O_APPEND</c>).</summary>
    Append = 0x400,
}
