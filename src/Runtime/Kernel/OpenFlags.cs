namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The access mode of <c>open</c>: the low two bits of its flags.</summary>
public enum OpenFlags
{
    /// <summary>For reading (<c>O_RDONLY</c>).</summary>
    ReadOnly = 0,

    /// <summary>For writing (<c>O_WRONLY</c>): such a file cannot be mapped at all.</summary>
    WriteOnly = 1,

    /// <summary>For both (<c>O_RDWR</c>).</summary>
    ReadWrite = 2,
}
