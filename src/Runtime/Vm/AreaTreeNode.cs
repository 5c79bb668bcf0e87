using System.Numerics;
using System.Runtime.CompilerServices;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>A node of an <see cref="AreaTree"/>: items in the order of their addresses, each with the page at which it ends and one more number.</summary>
/// <remarks>All of it lies in one object, for among many areas a search is as slow as the memory that it has to fetch.</remarks>
internal abstract class AreaTreeNode
{
    /// <summary>The items that a node has room for.</summary>
    public const int Capacity = 16;

    /// <summary>Below this a node is joined to its neighbour, if the two fit into one.</summary>
    public const int Low = Capacity / 4;

    /// <summary>The end of items that are not there, and of the last item of a branch: above every page.</summary>
    public const int Nowhere = int.MaxValue;

    private Pages _ends;
    private Numbers _numbers;
    private Items _items;

    protected AreaTreeNode() => ((Span<int>)_ends).Fill(Nowhere);

    public int Count { get; private set; }

    /// <summary>The first item that ends above a page; the count of items when there is none.</summary>
    /// <remarks>Counting all that end below beats a binary search, whose branches nobody can predict.</remarks>
    public int FirstAbove(int page)
    {
        var bound = new Vector<int>(page);
        Vector<int> below = default;
        for (int i = 0; i < Capacity; i += Vector<int>.Count)
            below -= Vector.LessThanOrEqual(Vector.LoadUnsafe(ref _ends[0], (nuint)i), bound);
        return Vector.Sum(below);
    }

    /// <summary>The page at which an item ends: of an area exactly, of a child the border to the next one.</summary>
    public int End(int index) => _ends[index];

    /// <summary>Inserts an area that there is no other way to insert: nodes are split, borders moved.</summary>
    /// <returns>The upper half, when the node was full and had to be split.</returns>
    public abstract AreaTreeNode? Insert(VmArea area, int start, int end);

    /// <summary>Removes the area that a page lies in; nodes that become small are joined.</summary>
    public abstract void Remove(int page);

    /// <summary>Looks for the first gap of so many pages.</summary>
    /// <param name="from">The lowest page at which it may start; where it starts, when it was found.</param>
    /// <param name="length">The pages.</param>
    /// <returns>Whether there is one before an area below this node.</returns>
    public abstract bool FindGap(ref int from, int length);

    /// <summary>The largest gap before any area below, or more.</summary>
    public abstract int LargestGap();

    /// <summary>A border between this node and the upper half that was just split off.</summary>
    public abstract int BorderTo(AreaTreeNode upper);

    /// <summary>Takes over everything of the next node.</summary>
    public abstract void Join(AreaTreeNode next, int border);

    /// <summary>The node has become empty and leaves the tree.</summary>
    public abstract void Leave();

    protected object Item(int index) => _items[index]!;

    protected long Number(int index) => _numbers[index];

    protected void SetEnd(int index, int end) => _ends[index] = end;

    protected void SetNumber(int index, long number) => _numbers[index] = number;

    /// <summary>Inserts an item into a node that is not full.</summary>
    protected void Insert(int index, object item, int end, long number)
    {
        if (index < Count)
            Shift(index, index + 1, Count - index);
        _ends[index] = end;
        _numbers[index] = number;
        _items[index] = item;
        Count++;
    }

    /// <summary>Inserts an item; a full node gives its upper half to another one first.</summary>
    protected void InsertSplitting(int index, object item, int end, long number, AreaTreeNode upper)
    {
        // Areas often come in ascending order: then the full node stays full.
        int kept = index == Capacity ? Capacity : Capacity / 2;
        upper.Append(this, kept);
        Drop(kept);
        if (index == Capacity || index > kept)
            upper.Insert(index - kept, item, end, number);
        else
            Insert(index, item, end, number);
    }

    protected void TakeOut(int index)
    {
        Count--;
        if (index < Count)
            Shift(index + 1, index, Count - index);
        _ends[Count] = Nowhere;
        _items[Count] = null;
    }

    protected void Append(AreaTreeNode other, int from = 0)
    {
        int count = other.Count - from;
        ((Span<int>)other._ends).Slice(from, count).CopyTo(((Span<int>)_ends)[Count..]);
        ((Span<long>)other._numbers).Slice(from, count).CopyTo(((Span<long>)_numbers)[Count..]);
        ((Span<object?>)other._items).Slice(from, count).CopyTo(((Span<object?>)_items)[Count..]);
        Count += count;
    }

    private void Shift(int from, int to, int count)
    {
        ((Span<int>)_ends).Slice(from, count).CopyTo(((Span<int>)_ends)[to..]);
        ((Span<long>)_numbers).Slice(from, count).CopyTo(((Span<long>)_numbers)[to..]);
        ((Span<object?>)_items).Slice(from, count).CopyTo(((Span<object?>)_items)[to..]);
    }

    /// <summary>Forgets all items from one on.</summary>
    private void Drop(int from)
    {
        ((Span<int>)_ends)[from..Count].Fill(Nowhere);
        ((Span<object?>)_items)[from..Count].Clear();
        Count = from;
    }

    [InlineArray(Capacity)]
    private struct Pages
    {
        private int _first;
    }

    [InlineArray(Capacity)]
    private struct Numbers
    {
        private long _first;
    }

    [InlineArray(Capacity)]
    private struct Items
    {
        private object? _first;
    }
}
