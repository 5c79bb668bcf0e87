namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The areas of an address space by address, sorted and disjoint, in a B+ tree that also knows where the gaps are.</summary>
/// <remarks>
/// The kernel keeps an AVL tree and walks a list for gaps; the order and the answers are the same. An area in the tree keeps its ends: who moves one
/// takes it out first, or uses <see cref="SetEnd"/>.
/// </remarks>
internal sealed class AreaTree
{
    private AreaTreeNode _root = new(isLeaf: true);

    public int Count { get; private set; }

    public void Insert(VmArea area)
    {
        if (_root.Insert(area) is { } right)
            _root = new AreaTreeNode(_root, right);
        Count++;
    }

    public void Remove(VmArea area)
    {
        _root.Remove(area);
        while (_root is { IsLeaf: false, Count: 1 })
            _root = _root.Child(0);
        Count--;
    }

    /// <summary>Moves the end of an area that is in the tree.</summary>
    public void SetEnd(VmArea area, ulong end)
    {
        area.High = end;
        _root.Refresh(area);
    }

    /// <summary>The first area that ends above the address (<c>find_vma</c>).</summary>
    public VmArea? Find(ulong address)
    {
        AreaTreeNode node = _root;
        if (node.Count == 0 || node.End <= address)
            return null;
        while (!node.IsLeaf)
            node = node.Child(node.FirstAbove(address));
        return node.Area(node.FirstAbove(address));
    }

    /// <summary>The last area that starts below the address.</summary>
    public VmArea? FindBelow(ulong address)
    {
        AreaTreeNode node = _root;
        if (node.Count == 0 || node.Start >= address)
            return null;
        while (!node.IsLeaf)
            node = node.Child(node.LastBelow(address));
        return node.Area(node.LastBelow(address));
    }

    public VmArea? Next(VmArea area) => Find(area.High);

    /// <summary>The lowest address, not below <paramref name="from"/>, at which <paramref name="length"/> bytes are free.</summary>
    public ulong FindGap(ulong from, ulong length)
    {
        ulong cursor = from;
        _root.FindGap(ref cursor, length);
        return cursor;
    }

    public List<VmArea> ToList()
    {
        var list = new List<VmArea>(Count);
        _root.AddTo(list);
        return list;
    }
}
