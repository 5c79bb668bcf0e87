namespace MmapAnalyzers.Differential.Programs;

/// <summary>What a mapping is of.</summary>
internal enum FileKind
{
    /// <summary>A descriptor that is not open; with MAP_ANONYMOUS nobody looks at it.</summary>
    None,

    /// <summary>The device, open for reading and writing.</summary>
    ReadWrite,

    /// <summary>The device, open for reading.</summary>
    ReadOnly,

    /// <summary>The device, open for writing.</summary>
    WriteOnly,
}
