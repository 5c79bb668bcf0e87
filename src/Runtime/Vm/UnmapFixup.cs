namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Decides what becomes of an area of which a part was unmapped (<c>unmap_fixup</c>): the area itself always goes.</summary>
internal sealed class UnmapFixup(VmSystem vm)
{
    /// <summary>Closes the area and makes new ones of what is left of it (<c>unmap_fixup</c>).</summary>
    public void Run(AddressSpace space, VmArea area, ulong start, ulong end, ref AreaSpares spares)
    {
        if (start == area.Low && end == area.High)
        {
            try
            {
                vm.Calls.Close(area);
            }
            finally
            {
                area.Inode?.Release();
                vm.Areas.Free(area);
            }

            return;
        }

        if (end == area.High)
        {
            area.High = start;
        }
        else if (start == area.Low)
        {
            area.Offset += end - start;
            area.Low = end;
        }
        else if (!SplitOffTail(space, area, start, end, ref spares))
        {
            vm.Areas.Free(area);
            return;
        }

        ReplaceByCopy(space, area, ref spares);
    }

    /// <summary>Makes an area of what lies above a hole.</summary>
    /// <returns>Whether there was memory for it; without, the whole area is lost.</returns>
    private bool SplitOffTail(AddressSpace space, VmArea area, ulong start, ulong end, ref AreaSpares spares)
    {
        if (vm.Areas.Copy(area, space, ref spares) is not { } tail)
            return false;
        tail.Offset += end - area.Low;
        tail.Low = end;
        tail.Inode?.Hold();
        area.High = start;
        try
        {
            vm.Calls.Open(tail);
        }
        catch (ProcessKilledException)
        {
            space.Insert(area);
            throw;
        }
        finally
        {
            space.Insert(tail);
        }

        return true;
    }

    private void ReplaceByCopy(AddressSpace space, VmArea area, ref AreaSpares spares)
    {
        if (vm.Areas.Copy(area, space, ref spares) is not { } copy)
        {
            vm.Areas.Free(area);
            return;
        }

        try
        {
            vm.Calls.Open(copy);
            area.High = area.Low;
            vm.Calls.Close(area);
        }
        finally
        {
            space.Insert(copy);
            vm.Areas.Free(area);
        }
    }
}
