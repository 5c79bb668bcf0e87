using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Takes mappings away: a range of them (<c>do_munmap</c>), or all at exit (<c>exit_mmap</c>).</summary>
internal sealed class AreaUnmapper(VmSystem vm)
{
    private readonly MachineProfile _profile = vm.Profile;

    /// <summary>Unmaps a range; holes in it are no error, and areas are done from the highest down, as the kernel's list has them.</summary>
    public Errno Unmap(AddressSpace space, ulong address, ulong length)
    {
        ulong limit = _profile.TaskSize;
        if ((address & _profile.OffsetMask) != 0 || address > limit || length > limit - address)
            return Errno.EINVAL;
        ulong end = address + _profile.PageAlign(length);
        if (end == address)
            return Errno.None;
        List<VmArea>? areas = Take(space, address, end);
        if (areas is null)
            return Errno.None;
        int left = areas.Count;
        try
        {
            while (left > 0)
                UnmapPart(space, areas[--left], address, end);
        }
        finally
        {
            // Only an oops leaves some: they go back, for the process's exit to find.
            while (left > 0)
                space.Insert(areas[--left]);
        }

        return Errno.None;
    }

    /// <summary>Takes everything away: for every area unmap, close, then its pages, then its inode.</summary>
    public void UnmapAll(AddressSpace space)
    {
        foreach (VmArea area in space.TakeAll())
        {
            Quietly(() => vm.Calls.Unmap(area, area.Start, area.Length));
            Quietly(() => vm.Calls.Close(area));
            area.UnlinkInode();
            vm.Entries.Zap(space, area.Low, area.Length);
            area.Inode?.Release();
        }
    }

    /// <summary>An oops of one area must not keep the others from going: the process cannot die twice.</summary>
    private static void Quietly(Action call)
    {
        try
        {
            call();
        }
        catch (ProcessKilledException)
        {
        }
    }

    private static List<VmArea>? Take(AddressSpace space, ulong start, ulong end)
    {
        List<VmArea>? areas = null;
        for (VmArea? area = space.Tree.Find(start); area is not null && area.Low < end; area = space.Tree.Find(start))
        {
            space.Tree.Remove(area);
            area.UnlinkInode();
            (areas ??= []).Add(area);
        }

        return areas;
    }

    private void UnmapPart(AddressSpace space, VmArea area, ulong start, ulong end)
    {
        start = Math.Max(start, area.Low);
        end = Math.Min(end, area.High);
        try
        {
            vm.Calls.Unmap(area, new UserAddress(start), end - start);
        }
        catch (ProcessKilledException)
        {
            space.Insert(area);
            throw;
        }

        vm.Entries.Zap(space, start, end - start);
        space.TotalPages -= space.Pages(end - start);
        Fixup(space, area, start, end);
    }

    /// <summary>Closes the area and makes new ones of what is left of it (<c>unmap_fixup</c>).</summary>
    private void Fixup(AddressSpace space, VmArea area, ulong start, ulong end)
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
        else
        {
            SplitOffTail(space, area, start, end);
        }

        ReplaceByCopy(space, area);
    }

    private void SplitOffTail(AddressSpace space, VmArea area, ulong start, ulong end)
    {
        VmArea tail = area.Copy(space);
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
    }

    private void ReplaceByCopy(AddressSpace space, VmArea area)
    {
        VmArea copy = area.Copy(space);
        try
        {
            vm.Calls.Open(copy);
            area.High = area.Low;
            vm.Calls.Close(area);
        }
        finally
        {
            space.Insert(copy);
        }
    }
}
