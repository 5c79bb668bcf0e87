using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Gives a part of an area other flags and makes areas of what is left beside it (<c>mprotect_fixup</c>, <c>mlock_fixup</c>).</summary>
/// <remarks>
/// The new pieces are copies: their inode is counted, then <c>open</c> is called. Nobody is closed. For a part at one end the copy is the part itself;
/// for one in the middle the copies are what is left on both sides.
/// </remarks>
internal sealed class AreaSplitter(VmSystem vm)
{
    /// <summary>Changes the flags and the protection of a part.</summary>
    /// <returns>Whether there was memory for the pieces; if not, nothing has changed.</returns>
    public bool Change(VmArea area, ulong start, ulong end, VmFlags flags, PageProtection protection)
    {
        if (start == area.Low && end == area.High)
        {
            (area.Flags, area.PageProtection) = (flags, protection);
            return true;
        }

        return start > area.Low && end < area.High
            ? ChangeMiddle(area, start, end, flags, protection)
            : ChangeEnd(area, start, end, flags, protection);
    }

    private bool ChangeEnd(VmArea area, ulong start, ulong end, VmFlags flags, PageProtection protection)
    {
        if (vm.Areas.Copy(area, area.AddressSpace) is not { } part)
            return false;
        Trim(part, start, end);
        (part.Flags, part.PageProtection) = (flags, protection);
        (ulong keptStart, ulong keptEnd) = start == area.Low ? (end, area.High) : (area.Low, start);
        Shrink(area, keptStart, keptEnd);
        part.Inode?.Hold();
        Insert(part);
        return true;
    }

    private bool ChangeMiddle(VmArea area, ulong start, ulong end, VmFlags flags, PageProtection protection)
    {
        if (!vm.Areas.Reserve(AreaSpares.Most, out AreaSpares spares))
            return false;
        VmArea left = vm.Areas.Copy(area, area.AddressSpace, ref spares)!;
        VmArea right = vm.Areas.Copy(area, area.AddressSpace, ref spares)!;
        Trim(left, area.Low, start);
        Trim(right, end, area.High);
        Shrink(area, start, end);
        (area.Flags, area.PageProtection) = (flags, protection);
        left.Inode?.Hold();
        right.Inode?.Hold();
        try
        {
            Insert(left);
        }
        finally
        {
            Insert(right);
        }

        return true;
    }

    /// <summary>Moves both ends of an area that is in the tree inwards.</summary>
    private static void Shrink(VmArea area, ulong start, ulong end)
    {
        AreaTree tree = area.AddressSpace.Tree;
        tree.Remove(area);
        Trim(area, start, end);
        tree.Insert(area);
    }

    private static void Trim(VmArea area, ulong start, ulong end)
    {
        area.Offset += start - area.Low;
        (area.Low, area.High) = (start, end);
    }

    private void Insert(VmArea piece)
    {
        try
        {
            vm.Calls.Open(piece);
        }
        finally
        {
            piece.AddressSpace.Insert(piece);
        }
    }
}
