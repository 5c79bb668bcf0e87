namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The flags of <c>mremap</c>.</summary>
[Flags]
public enum MremapFlags
{
    /// <summary>Grow in place or fail.</summary>
    None = 0,

    /// <summary>The mapping may move when it cannot grow in place (<c>MREMAP_MAYMOVE</c>).</summary>
    MayMove = 1,
}
