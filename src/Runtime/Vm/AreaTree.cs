namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The areas of an address space by address: sorted and disjoint, in a treap that also knows where the gaps are.</summary>
/// <remarks>The kernel keeps an AVL tree and walks a list for gaps; the order and the answers are the same. Priorities are a fixed sequence.</remarks>
internal sealed class AreaTree
{
    private VmArea? _root;
    private uint _random = 0x9E3779B9;

    public int Count { get; private set; }

    public void Insert(VmArea area)
    {
        area.Node.Priority = NextPriority();
        _root = Insert(_root, area);
        Count++;
    }

    public void Remove(VmArea area)
    {
        _root = Remove(_root, area);
        area.Node.Left = area.Node.Right = null;
        Count--;
    }

    /// <summary>Moves the end of an area that is in the tree.</summary>
    public void SetEnd(VmArea area, ulong end)
    {
        area.High = end;
        Refresh(_root, area);
    }

    /// <summary>The first area that ends above the address (<c>find_vma</c>).</summary>
    public VmArea? Find(ulong address)
    {
        VmArea? found = null;
        for (VmArea? at = _root; at is not null;)
        {
            if (at.High > address)
            {
                found = at;
                at = at.Node.Left;
            }
            else
            {
                at = at.Node.Right;
            }
        }

        return found;
    }

    /// <summary>The last area that starts below the address.</summary>
    public VmArea? FindBelow(ulong address)
    {
        VmArea? found = null;
        for (VmArea? at = _root; at is not null;)
        {
            if (at.Low < address)
            {
                found = at;
                at = at.Node.Right;
            }
            else
            {
                at = at.Node.Left;
            }
        }

        return found;
    }

    public VmArea? Next(VmArea area) => Find(area.High);

    /// <summary>The lowest address, not below <paramref name="from"/>, at which <paramref name="length"/> bytes are free.</summary>
    public ulong FindGap(ulong from, ulong length)
    {
        ulong cursor = from;
        return FindGap(_root, ref cursor, length) ?? cursor;
    }

    public List<VmArea> ToList()
    {
        var list = new List<VmArea>(Count);
        for (VmArea? area = Find(0); area is not null; area = Next(area))
            list.Add(area);
        return list;
    }

    private static VmArea Insert(VmArea? at, VmArea area)
    {
        if (at is null)
            return Pull(area);
        if (area.Node.Priority > at.Node.Priority)
        {
            (area.Node.Left, area.Node.Right) = Split(at, area.Low);
            return Pull(area);
        }

        if (area.Low < at.Low)
            at.Node.Left = Insert(at.Node.Left, area);
        else
            at.Node.Right = Insert(at.Node.Right, area);
        return Pull(at);
    }

    private static VmArea? Remove(VmArea? at, VmArea area)
    {
        if (at is null)
            return null;
        if (ReferenceEquals(at, area))
            return Merge(at.Node.Left, at.Node.Right);
        if (area.Low < at.Low)
            at.Node.Left = Remove(at.Node.Left, area);
        else
            at.Node.Right = Remove(at.Node.Right, area);
        return Pull(at);
    }

    private static (VmArea? Below, VmArea? Above) Split(VmArea? at, ulong address)
    {
        if (at is null)
            return (null, null);
        if (at.Low < address)
        {
            (at.Node.Right, VmArea? above) = Split(at.Node.Right, address);
            return (Pull(at), above);
        }

        (VmArea? below, at.Node.Left) = Split(at.Node.Left, address);
        return (below, Pull(at));
    }

    private static VmArea? Merge(VmArea? below, VmArea? above)
    {
        if (below is null || above is null)
            return below ?? above;
        if (below.Node.Priority > above.Node.Priority)
        {
            below.Node.Right = Merge(below.Node.Right, above);
            return Pull(below);
        }

        above.Node.Left = Merge(below, above.Node.Left);
        return Pull(above);
    }

    private static void Refresh(VmArea? at, VmArea area)
    {
        if (at is null)
            return;
        if (!ReferenceEquals(at, area))
            Refresh(area.Low < at.Low ? at.Node.Left : at.Node.Right, area);
        Pull(at);
    }

    private static VmArea Pull(VmArea at)
    {
        ref AreaNode node = ref at.Node;
        node.First = node.Left?.Node.First ?? at.Low;
        node.Last = node.Right?.Node.Last ?? at.High;
        ulong gap = 0;
        if (node.Left is { } left)
            gap = Math.Max(left.Node.Gap, at.Low - left.Node.Last);
        if (node.Right is { } right)
            gap = Math.Max(gap, Math.Max(right.Node.Gap, right.Node.First - at.High));
        node.Gap = gap;
        return at;
    }

    /// <summary>Looks below <paramref name="at"/> for a gap; the cursor is the lowest address still possible.</summary>
    private static ulong? FindGap(VmArea? at, ref ulong cursor, ulong length)
    {
        if (at is null || at.Node.Last <= cursor)
            return null;
        if (cursor <= at.Node.First)
        {
            if (at.Node.First - cursor >= length)
                return cursor;
            if (at.Node.Gap < length)
            {
                cursor = at.Node.Last;
                return null;
            }
        }

        if (FindGap(at.Node.Left, ref cursor, length) is { } found)
            return found;
        if (at.Low >= cursor && at.Low - cursor >= length)
            return cursor;
        cursor = Math.Max(cursor, at.High);
        return FindGap(at.Node.Right, ref cursor, length);
    }

    private uint NextPriority()
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        return _random;
    }
}
