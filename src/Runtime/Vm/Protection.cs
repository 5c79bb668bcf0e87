namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What a mapping lets the program do: the <c>PROT_</c> bits of <c>mmap</c>.</summary>
[Flags]
public enum Protection
{
    /// <summary>No access at all (<c>PROT_NONE</c>).</summary>
    None = 0,

    /// <summary>Loads (<c>PROT_READ</c>).</summary>
    Read = 1,

    /// <summary>Stores (<c>PROT_WRITE</c>); the i386 processor then lets loads through as well.</summary>
    Write = 2,

    /// <summary>Loads and stores.</summary>
    ReadWrite = 3,

    /// <summary>Execution (<c>PROT_EXEC</c>), which is the same as reading on i386, and a right of its own on alpha.</summary>
    Exec = 4,
}
