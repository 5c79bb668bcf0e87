namespace MmapAnalyzers.Runtime.Memory;

/// <summary>What a frame is used for.</summary>
[Flags]
internal enum PageFlags : byte
{
    None = 0,

    /// <summary>Exempt from counting (<c>PG_reserved</c>).</summary>
    Reserved = 1,

    /// <summary>Part of an allocated block.</summary>
    Allocated = 2,

    /// <summary>Part of a block without being its first page.</summary>
    Tail = 4,
}
