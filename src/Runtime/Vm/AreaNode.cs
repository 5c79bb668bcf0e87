namespace MmapAnalyzers.Runtime.Vm;

/// <summary>An area's place in its <see cref="AreaTree"/>, with what the tree must know of everything below it.</summary>
internal struct AreaNode
{
    /// <summary>The areas below this one in address.</summary>
    public VmArea? Left;

    /// <summary>The areas above this one in address.</summary>
    public VmArea? Right;

    /// <summary>No node below has a higher one.</summary>
    public uint Priority;

    /// <summary>The lowest start below and including this node.</summary>
    public ulong First;

    /// <summary>The highest end below and including this node.</summary>
    public ulong Last;

    /// <summary>The largest gap between two neighbours below and including this node.</summary>
    public ulong Gap;
}
