using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The areas of an address space by address, sorted and disjoint, in a B+ tree of page numbers that also knows where the gaps are.</summary>
/// <remarks>
/// The kernel keeps an AVL tree and walks a list for gaps; the order and the answers are the same. An area in the tree keeps its ends: who moves one
/// takes it out first, or uses <see cref="SetEnd"/>. Nothing here looks at an area that it does not return: among many areas that would be slow.
/// </remarks>
internal sealed class AreaTree(int pageShift)
{
    private AreaTreeNode _root = new AreaLeaf();

    // The leaf that was used last and the pages that belong to it: a call asks about one place several times. None while there are no pages.
    private AreaLeaf? _leaf;
    private int _from;
    private int _to;

    // What the branches above are known to say at least of the gaps in that leaf.
    private int _gapLimit;

    public int Count { get; private set; }

    public void Insert(VmArea area)
    {
        int start = Page(area.Low);
        int end = Page(area.High);
        AreaLeaf leaf = Seek(start);
        int index = leaf.FirstAbove(start);

        // Behind all others of its leaf an area gets a gap that the leaf did not have; elsewhere it only divides one.
        int gap = index == leaf.Count ? start - leaf.EndBefore(index) : 0;
        if (leaf.Count < AreaTreeNode.Capacity && end <= _to)
            leaf.InsertAt(index, area, start, end);
        else
            InsertFromRoot(area, start, end);
        if (gap > _gapLimit)
            RaiseGapLimits(start, gap);
        area.Tree = this;
        Count++;
    }

    public void Remove(VmArea area)
    {
        int start = Page(area.Low);
        AreaLeaf leaf = Seek(start);
        int index = leaf.FirstAbove(start);
        Debug.Assert(ReferenceEquals(leaf.Area(index), area), "The area is not in the tree, or its start was moved there.");
        bool isLast = index + 1 == leaf.Count;
        int gapStart = leaf.EndBefore(index);
        int gapEnd = !isLast ? leaf.Start(index + 1) : leaf.Next is { } next ? next.Start(0) : gapStart;
        if (leaf.Count > AreaTreeNode.Low)
            leaf.RemoveAt(index);
        else
            RemoveFromRoot(start);
        if (gapEnd > gapStart && (isLast || gapEnd - gapStart > _gapLimit))
            RaiseGapLimits(gapEnd, gapEnd - gapStart);
        area.Tree = null;
        Count--;
    }

    /// <summary>Moves the end of an area that is in the tree.</summary>
    public void SetEnd(VmArea area, ulong end)
    {
        Remove(area);
        area.High = end;
        Insert(area);
    }

    /// <summary>Reads the flags of an area that is in the tree again.</summary>
    public void RefreshFlags(VmArea area)
    {
        AreaLeaf leaf = Seek(Page(area.Low));
        leaf.RefreshFlags(leaf.FirstAbove(Page(area.Low)));
    }

    /// <summary>The first area that ends above the address (<c>find_vma</c>).</summary>
    public VmArea? Find(ulong address) => FindIn(address, ulong.MaxValue);

    /// <summary>The first area that ends above one address and starts below another one (<c>find_vma_intersection</c>).</summary>
    public VmArea? FindIn(ulong start, ulong end)
    {
        int page = Page(start);
        AreaLeaf? leaf = Seek(page);
        int index = leaf.FirstAbove(page);
        if (index == leaf.Count)
            (leaf, index) = (leaf.Next, 0);
        return leaf is not null && leaf.Start(index) < PageAbove(end) ? leaf.Area(index) : null;
    }

    /// <summary>The last area that starts below the address.</summary>
    public VmArea? FindBelow(ulong address)
    {
        int page = PageAbove(address);
        AreaLeaf? leaf = Seek(Math.Max(page - 1, 0));
        int index = leaf.FirstAbove(page - 1);
        if (index < leaf.Count && leaf.Start(index) < page)
            return leaf.Area(index);
        if (index > 0)
            return leaf.Area(index - 1);
        return leaf.Previous is { } previous ? previous.Area(previous.Count - 1) : null;
    }

    /// <summary>The area that ends at an address, which starts a page, and has these flags; or null.</summary>
    public VmArea? FindEndingAt(ulong address, VmFlags flags)
    {
        int page = Page(address);
        if (page == 0)
            return null;
        AreaLeaf leaf = Seek(page - 1);
        int index = leaf.FirstAbove(page - 1);
        return index < leaf.Count && leaf.End(index) == page && leaf.Flags(index) == flags ? leaf.Area(index) : null;
    }

    /// <summary>The area that starts at an address, which starts a page, and has these flags; or null.</summary>
    public VmArea? FindStartingAt(ulong address, VmFlags flags)
    {
        int page = Page(address);
        AreaLeaf leaf = Seek(page);
        int index = leaf.FirstAbove(page);
        return index < leaf.Count && leaf.Start(index) == page && leaf.Flags(index) == flags ? leaf.Area(index) : null;
    }

    public VmArea? Next(VmArea area) => Find(area.High);

    /// <summary>The lowest address, not below <paramref name="from"/>, at which <paramref name="length"/> bytes are free.</summary>
    public ulong FindGap(ulong from, ulong length)
    {
        int page = PageAbove(from);
        _gapLimit = 0;
        if (!_root.FindGap(ref page, PageAbove(length)))
        {
            AreaLeaf last = Seek(AreaTreeNode.Nowhere - 1);
            page = Math.Max(page, last.EndBefore(last.Count));
        }

        return (ulong)page << pageShift;
    }

    public List<VmArea> ToList()
    {
        var list = new List<VmArea>(Count);
        for (AreaLeaf? leaf = Seek(0); leaf is not null; leaf = leaf.Next)
        {
            for (int i = 0; i < leaf.Count; i++)
                list.Add(leaf.Area(i));
        }

        return list;
    }

    /// <summary>The page that an address lies in; what is above all addresses of processes is one page.</summary>
    private int Page(ulong address) => (int)Math.Min(address >> pageShift, AreaTreeNode.Nowhere - 1);

    /// <summary>The first page that starts at or above an address.</summary>
    private int PageAbove(ulong address) => address == 0 ? 0 : Page(address - 1) + 1;

    private AreaLeaf Seek(int page) => page >= _from && page < _to ? _leaf! : SeekFromRoot(page);

    private AreaLeaf SeekFromRoot(int page)
    {
        AreaTreeNode node = _root;
        (_from, _to, _gapLimit) = (0, AreaTreeNode.Nowhere, AreaTreeNode.Nowhere);
        while (node is AreaBranch branch)
        {
            int index = branch.FirstAbove(page);
            if (index > 0)
                _from = branch.End(index - 1);
            _to = Math.Min(_to, branch.End(index));
            _gapLimit = branch.GapLimit(index);
            node = branch.Child(index);
        }

        _leaf = (AreaLeaf)node;
        return _leaf;
    }

    private void InsertFromRoot(VmArea area, int start, int end)
    {
        if (_root.Insert(area, start, end) is { } upper)
            _root = new AreaBranch(_root, upper);
        Forget();
    }

    private void RemoveFromRoot(int page)
    {
        _root.Remove(page);
        while (_root is AreaBranch { Count: 1 } branch)
            _root = branch.Child(0);
        Forget();
    }

    private void RaiseGapLimits(int page, int gap)
    {
        for (AreaTreeNode node = _root; node is AreaBranch branch;)
        {
            int index = branch.FirstAbove(page);
            branch.RaiseGapLimit(index, gap);
            node = branch.Child(index);
        }

        if (page >= _from && page < _to)
            _gapLimit = Math.Max(_gapLimit, gap);
    }

    private void Forget() => (_leaf, _from, _to, _gapLimit) = (null, 0, 0, 0);
}
