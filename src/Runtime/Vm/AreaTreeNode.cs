using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>A node of an <see cref="AreaTree"/>: a leaf holds areas, a branch holds nodes, both with the ends of what they hold beside them.</summary>
/// <remarks>All of it lies in one object, for among many areas a search is as slow as the memory that it has to fetch.</remarks>
internal sealed class AreaTreeNode
{
    private const int Capacity = 16;

    /// <summary>Below this a node is joined to its neighbour, if the two fit into one.</summary>
    private const int Low = Capacity / 4;

    /// <summary>Ends of items that are not there: above every address.</summary>
    private const ulong Nowhere = ulong.MaxValue;

    private Addresses _ends;
    private Addresses _starts;
    private Items _items;
    private Addresses _gaps;

    public AreaTreeNode(bool isLeaf)
    {
        IsLeaf = isLeaf;
        ((Span<ulong>)_starts).Fill(Nowhere);
        ((Span<ulong>)_ends).Fill(Nowhere);
    }

    /// <summary>A root above two nodes.</summary>
    public AreaTreeNode(AreaTreeNode left, AreaTreeNode right)
        : this(isLeaf: false)
    {
        Put(0, left);
        Put(1, right);
    }

    public bool IsLeaf { get; }

    public int Count { get; private set; }

    /// <summary>The lowest address of any area below.</summary>
    public ulong Start => _starts[0];

    /// <summary>The end of the highest area below.</summary>
    public ulong End => _ends[Count - 1];

    public VmArea Area(int index) => Unsafe.As<VmArea>(_items[index]!);

    public AreaTreeNode Child(int index) => Unsafe.As<AreaTreeNode>(_items[index]!);

    /// <summary>The first item that ends above an address; there is one.</summary>
    /// <remarks>Counting all that end below beats a binary search, whose branches nobody can predict.</remarks>
    public int FirstAbove(ulong address)
    {
        var bound = new Vector<ulong>(address);
        Vector<ulong> below = default;
        for (int i = 0; i < Capacity; i += Vector<ulong>.Count)
            below -= Vector.LessThanOrEqual(Vector.LoadUnsafe(ref _ends[0], (nuint)i), bound);
        return (int)Vector.Sum(below);
    }

    /// <summary>The last item that starts below an address, or 0.</summary>
    public int LastBelow(ulong address)
    {
        var bound = new Vector<ulong>(address);
        Vector<ulong> below = default;
        for (int i = 0; i < Capacity; i += Vector<ulong>.Count)
            below -= Vector.LessThan(Vector.LoadUnsafe(ref _starts[0], (nuint)i), bound);
        return Math.Max((int)Vector.Sum(below) - 1, 0);
    }

    /// <summary>Inserts an area.</summary>
    /// <returns>The upper half, when the node was full and had to be split.</returns>
    public AreaTreeNode? Insert(VmArea area)
    {
        if (IsLeaf)
            return InsertAt(Count == 0 || _starts[0] > area.Low ? 0 : LastBelow(area.Low) + 1, area, area.Low, area.High, gap: 0);
        int index = LastBelow(area.Low);
        ulong end = _ends[index];
        AreaTreeNode? added = Child(index).Insert(area);
        if (added is null && area.Low >= end)
            NoteAppended(index, area, area.Low - end);
        else
            Note(index);
        return added is null ? null : InsertAt(index + 1, added, added.Start, added.End, added.Gap());
    }

    public void Remove(VmArea area)
    {
        int index = LastBelow(area.Low + 1);
        if (IsLeaf)
        {
            Debug.Assert(ReferenceEquals(_items[index], area), "The area is not in the tree, or its start was moved there.");
            TakeOut(index);
            return;
        }

        AreaTreeNode child = Child(index);
        child.Remove(area);
        if (child.Count >= Low || !JoinToNeighbour(index, child))
            Note(index);
    }

    /// <summary>Reads the ends of an area again.</summary>
    public void Refresh(VmArea area)
    {
        int index = LastBelow(area.Low + 1);
        if (IsLeaf)
        {
            _ends[index] = area.High;
            return;
        }

        Child(index).Refresh(area);
        Note(index);
    }

    /// <summary>Looks for a gap; the cursor is the lowest address still possible.</summary>
    /// <returns>Whether the gap at the cursor is large enough.</returns>
    public bool FindGap(ref ulong cursor, ulong length)
    {
        for (int i = Count == 0 || End <= cursor ? Count : FirstAbove(cursor); i < Count; i++)
        {
            if (_starts[i] > cursor && _starts[i] - cursor >= length)
                return true;
            if (!IsLeaf && (_starts[i] <= cursor || _gaps[i] >= length))
            {
                if (Child(i).FindGap(ref cursor, length))
                    return true;
            }

            cursor = Math.Max(cursor, _ends[i]);
        }

        return false;
    }

    public void AddTo(List<VmArea> list)
    {
        for (int i = 0; i < Count; i++)
        {
            if (IsLeaf)
                list.Add(Area(i));
            else
                Child(i).AddTo(list);
        }
    }

    /// <summary>The largest gap between two neighbours below.</summary>
    private ulong Gap()
    {
        ulong gap = 0;
        for (int i = 1; i < Count; i++)
            gap = Math.Max(gap, _starts[i] - _ends[i - 1]);
        if (IsLeaf)
            return gap;
        for (int i = 0; i < Count; i++)
            gap = Math.Max(gap, _gaps[i]);
        return gap;
    }

    private AreaTreeNode? InsertAt(int index, object item, ulong start, ulong end, ulong gap)
    {
        AreaTreeNode? upper = null;
        AreaTreeNode into = this;
        if (Count == Capacity)
        {
            // Areas often come in ascending order: then the full node stays full.
            upper = SplitOff(index == Capacity ? Capacity : Capacity / 2);
            if (index > Count || index == Capacity)
            {
                index -= Count;
                into = upper;
            }
        }

        into.MakeRoom(index);
        into.Set(index, item, start, end, gap);
        return upper;
    }

    private AreaTreeNode SplitOff(int from)
    {
        var upper = new AreaTreeNode(IsLeaf);
        upper.Append(this, from);
        Drop(from);
        return upper;
    }

    private void Append(AreaTreeNode other, int from)
    {
        int count = other.Count - from;
        ((Span<ulong>)other._starts).Slice(from, count).CopyTo(((Span<ulong>)_starts)[Count..]);
        ((Span<ulong>)other._ends).Slice(from, count).CopyTo(((Span<ulong>)_ends)[Count..]);
        ((Span<ulong>)other._gaps).Slice(from, count).CopyTo(((Span<ulong>)_gaps)[Count..]);
        ((Span<object?>)other._items).Slice(from, count).CopyTo(((Span<object?>)_items)[Count..]);
        Count += count;
    }

    private bool JoinToNeighbour(int index, AreaTreeNode child)
    {
        if (child.Count == 0)
        {
            TakeOut(index);
            return true;
        }

        int left = index > 0 ? index - 1 : index;
        if (left + 1 >= Count || Child(left).Count + Child(left + 1).Count > Capacity)
            return false;
        Child(left).Append(Child(left + 1), 0);
        TakeOut(left + 1);
        Note(left);
        return true;
    }

    private void MakeRoom(int index)
    {
        Shift(index, index + 1, Count - index);
        Count++;
    }

    private void TakeOut(int index)
    {
        Shift(index + 1, index, Count - index - 1);
        Drop(Count - 1);
    }

    /// <summary>Forgets all items from one on.</summary>
    private void Drop(int from)
    {
        ((Span<ulong>)_starts)[from..Count].Fill(Nowhere);
        ((Span<ulong>)_ends)[from..Count].Fill(Nowhere);
        ((Span<object?>)_items)[from..Count].Clear();
        Count = from;
    }

    private void Shift(int from, int to, int count)
    {
        ((Span<ulong>)_starts).Slice(from, count).CopyTo(((Span<ulong>)_starts)[to..]);
        ((Span<ulong>)_ends).Slice(from, count).CopyTo(((Span<ulong>)_ends)[to..]);
        ((Span<object?>)_items).Slice(from, count).CopyTo(((Span<object?>)_items)[to..]);
        if (!IsLeaf)
            ((Span<ulong>)_gaps).Slice(from, count).CopyTo(((Span<ulong>)_gaps)[to..]);
    }

    private void Put(int index, AreaTreeNode child)
    {
        Set(index, child, child.Start, child.End, child.Gap());
        Count++;
    }

    /// <summary>A child has an area more behind all others.</summary>
    private void NoteAppended(int index, VmArea area, ulong gap)
    {
        _ends[index] = area.High;
        _gaps[index] = Math.Max(_gaps[index], gap);
    }

    /// <summary>Reads the ends of a child again.</summary>
    private void Note(int index)
    {
        AreaTreeNode child = Child(index);
        _starts[index] = child.Start;
        _ends[index] = child.End;
        _gaps[index] = child.Gap();
    }

    private void Set(int index, object item, ulong start, ulong end, ulong gap)
    {
        _starts[index] = start;
        _ends[index] = end;
        _gaps[index] = gap;
        _items[index] = item;
    }

    [InlineArray(Capacity)]
    private struct Addresses
    {
        private ulong _first;
    }

    [InlineArray(Capacity)]
    private struct Items
    {
        private object? _first;
    }
}
