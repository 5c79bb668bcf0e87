using System.Runtime.CompilerServices;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>A leaf of an <see cref="AreaTree"/>: areas with the pages at which they start and end and their flags, and the leaves beside it. Only the leaf of an empty tree is empty.</summary>
internal sealed class AreaLeaf : AreaTreeNode
{
    private const int FlagsShift = 32;

    public AreaLeaf? Next { get; private set; }

    public AreaLeaf? Previous { get; private set; }

    public VmArea Area(int index) => Unsafe.As<VmArea>(Item(index));

    public int Start(int index) => (int)Number(index);

    /// <summary>The flags of an area, without a look at it.</summary>
    public VmFlags Flags(int index) => (VmFlags)(Number(index) >> FlagsShift);

    /// <summary>The end of the area before one of these, wherever that is; 0 before the first of all.</summary>
    public int EndBefore(int index) => index > 0 ? End(index - 1) : Previous is { } previous ? previous.End(previous.Count - 1) : 0;

    /// <summary>Inserts an area where there is room for it.</summary>
    public void InsertAt(int index, VmArea area, int start, int end) => Insert(index, area, end, NumberOf(area, start));

    public void RemoveAt(int index) => TakeOut(index);

    /// <summary>Reads the flags of an area again.</summary>
    public void RefreshFlags(int index) => SetNumber(index, NumberOf(Area(index), Start(index)));

    public override AreaTreeNode? Insert(VmArea area, int start, int end)
    {
        int index = FirstAbove(start);
        if (Count < Capacity)
        {
            InsertAt(index, area, start, end);
            return null;
        }

        var upper = new AreaLeaf { Next = Next, Previous = this };
        if (Next is not null)
            Next.Previous = upper;
        Next = upper;
        InsertSplitting(index, area, end, NumberOf(area, start), upper);
        return upper;
    }

    public override void Remove(int page) => TakeOut(FirstAbove(page));

    public override bool FindGap(ref int from, int length)
    {
        for (int i = FirstAbove(from); i < Count; i++)
        {
            int start = Math.Max(from, EndBefore(i));
            if (Start(i) - start < length)
                continue;
            from = start;
            return true;
        }

        return false;
    }

    public override int LargestGap()
    {
        int gap = 0;
        for (int i = 0; i < Count; i++)
            gap = Math.Max(gap, Start(i) - EndBefore(i));
        return gap;
    }

    public override int BorderTo(AreaTreeNode upper) => ((AreaLeaf)upper).Start(0);

    public override void Join(AreaTreeNode next, int border)
    {
        Append(next);
        next.Leave();
    }

    public override void Leave()
    {
        if (Previous is not null)
            Previous.Next = Next;
        if (Next is not null)
            Next.Previous = Previous;
    }

    private static long NumberOf(VmArea area, int start) => ((long)area.Flags << FlagsShift) | (uint)start;
}
