using System.Runtime.CompilerServices;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>A node of an <see cref="AreaTree"/> that has nodes below it, with the borders between them and what gaps they can have.</summary>
/// <remarks>
/// A border lies anywhere in the gap between two children, so that most areas come and go without a branch being touched. For each child there is a
/// number of pages that no gap before any of its areas exceeds: it is raised when a gap grows, but lowered only by a search that was misled by it.
/// </remarks>
internal sealed class AreaBranch : AreaTreeNode
{
    public AreaBranch()
    {
    }

    /// <summary>A root above the halves of the one that was split.</summary>
    public AreaBranch(AreaTreeNode lower, AreaTreeNode upper)
    {
        Insert(0, lower, lower.BorderTo(upper), lower.LargestGap());
        Insert(1, upper, Nowhere, upper.LargestGap());
    }

    public AreaTreeNode Child(int index) => Unsafe.As<AreaTreeNode>(Item(index));

    /// <summary>What no gap before an area of a child exceeds.</summary>
    public int GapLimit(int index) => (int)Number(index);

    public void RaiseGapLimit(int index, int gap) => SetNumber(index, Math.Max(Number(index), gap));

    public override AreaTreeNode? Insert(VmArea area, int start, int end)
    {
        int index = FirstAbove(start);
        SetEnd(index, Math.Max(End(index), end));
        AreaTreeNode child = Child(index);
        if (child.Insert(area, start, end) is not { } added)
            return null;
        int border = End(index);
        SetEnd(index, child.BorderTo(added));
        if (Count < Capacity)
        {
            Insert(index + 1, added, border, GapLimit(index));
            return null;
        }

        var upper = new AreaBranch();
        InsertSplitting(index + 1, added, border, GapLimit(index), upper);
        return upper;
    }

    public override void Remove(int page)
    {
        int index = FirstAbove(page);
        AreaTreeNode child = Child(index);
        child.Remove(page);
        if (child.Count == 0)
            TakeChildOut(index);
        else if (child.Count < Low)
            JoinToNeighbour(index);
    }

    public override bool FindGap(ref int from, int length)
    {
        for (int i = FirstAbove(from); i < Count; i++)
        {
            if (GapLimit(i) < length)
                continue;
            if (Child(i).FindGap(ref from, length))
                return true;
            SetNumber(i, Child(i).LargestGap());
        }

        return false;
    }

    public override int LargestGap()
    {
        int gap = 0;
        for (int i = 0; i < Count; i++)
            gap = Math.Max(gap, GapLimit(i));
        return gap;
    }

    public override int BorderTo(AreaTreeNode upper)
    {
        int border = End(Count - 1);
        SetEnd(Count - 1, Nowhere);
        return border;
    }

    public override void Join(AreaTreeNode next, int border)
    {
        SetEnd(Count - 1, border);
        Append(next);
    }

    public override void Leave()
    {
    }

    private void TakeChildOut(int index)
    {
        Child(index).Leave();
        TakeOut(index);
        if (Count > 0)
            SetEnd(Count - 1, Nowhere);
    }

    private void JoinToNeighbour(int index)
    {
        int left = Math.Max(index - 1, 0);
        int right = left + 1;
        if (right == Count || Child(left).Count + Child(right).Count > Capacity)
            return;
        Child(left).Join(Child(right), End(left));
        RaiseGapLimit(left, GapLimit(right));
        SetEnd(left, End(right));
        TakeOut(right);
    }
}
