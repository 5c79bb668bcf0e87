namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The signals that a memory access can earn, with the numbers of i386.</summary>
public enum Signal
{
    /// <summary>No signal.</summary>
    None = 0,

    /// <summary>The object mapped has no such page (<c>SIGBUS</c>).</summary>
    SIGBUS = 7,

    /// <summary>The process dies (<c>SIGKILL</c>).</summary>
    SIGKILL = 9,

    /// <summary>No area there, or not for this access (<c>SIGSEGV</c>).</summary>
    SIGSEGV = 11,
}
