namespace MmapAnalyzers.Runtime.Vm;

/// <summary>How a mapping relates to others: the <c>MAP_</c> bits of <c>mmap</c>, with the values of i386. What a binary of another architecture would pass is in <see cref="Hardware.FlagNumbers"/>.</summary>
[Flags]
public enum MapFlags
{
    /// <summary>Neither shared nor private, which no mapping can be.</summary>
    None = 0,

    /// <summary>Stores reach the object mapped (<c>MAP_SHARED</c>).</summary>
    Shared = 1,

    /// <summary>Stores go to a copy of the page (<c>MAP_PRIVATE</c>).</summary>
    Private = 2,

    /// <summary>The address is an order, not a hint; what was there is unmapped first (<c>MAP_FIXED</c>).</summary>
    Fixed = 0x10,

    /// <summary>No file: zero-filled pages (<c>MAP_ANONYMOUS</c>).</summary>
    Anonymous = 0x20,

    /// <summary>A fault below the area lets it grow down to there, like a stack (<c>MAP_GROWSDOWN</c>).</summary>
    GrowsDown = 0x100,

    /// <summary>Ignored when a user gives it (<c>MAP_DENYWRITE</c>).</summary>
    DenyWrite = 0x800,

    /// <summary>Ignored when a user gives it (<c>MAP_EXECUTABLE</c>).</summary>
    Executable = 0x1000,
}
