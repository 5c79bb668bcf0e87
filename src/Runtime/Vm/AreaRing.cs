namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The areas that map one inode (<c>i_mmap</c>), linked through the areas themselves.</summary>
internal sealed class AreaRing
{
    /// <summary>The first of them; <see cref="VmArea.NextShare"/> leads on.</summary>
    public VmArea? First { get; private set; }

    public void Add(VmArea area)
    {
        area.NextShare = First;
        if (First is not null)
            First.PreviousShare = area;
        First = area;
    }

    public void Remove(VmArea area)
    {
        if (area.PreviousShare is null)
            First = area.NextShare;
        else
            area.PreviousShare.NextShare = area.NextShare;
        if (area.NextShare is not null)
            area.NextShare.PreviousShare = area.PreviousShare;
        area.NextShare = area.PreviousShare = null;
    }
}
