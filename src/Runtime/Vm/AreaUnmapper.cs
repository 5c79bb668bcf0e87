using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Takes mappings away: a range of them (<c>do_munmap</c>), or all at exit (<c>exit_mmap</c>).</summary>
internal sealed class AreaUnmapper(VmSystem vm)
{
    private readonly MachineProfile _profile = vm.Profile;
    private readonly UnmapFixup _fixup = new(vm);

    // The list of the last call, for the next one; a call inside another makes its own.
    private List<VmArea>? _spareList = [];

    /// <summary>Unmaps a range; holes in it are no error, and areas are done from the highest down, as the kernel's list has them.</summary>
    public Errno Unmap(AddressSpace space, ulong address, ulong length)
    {
        ulong limit = _profile.TaskSize;
        if ((address & _profile.OffsetMask) != 0 || address > limit || length > limit - address)
            return Errno.EINVAL;
        ulong end = address + _profile.PageAlign(length);
        if (address == end || Take(space, address, end) is not { } areas)
            return Errno.None;
        if (!Reserve(CountPieces(areas[0], areas[^1], address, end), out AreaSpares spares))
        {
            areas.ForEach(space.Insert);
            GiveBack(areas);
            return Errno.ENOMEM;
        }

        UnmapParts(space, areas, address, end, ref spares);
        return Errno.None;
    }

    /// <summary>Puts memory aside for what a range leaves of the areas that it cuts, so that unmapping it cannot fail half way.</summary>
    /// <returns>Whether there was enough.</returns>
    public bool Reserve(AddressSpace space, ulong address, ulong length, out AreaSpares spares)
    {
        ulong end = address + _profile.PageAlign(length);
        VmArea? first = space.Tree.FindIn(address, end);
        return Reserve(first is null ? 0 : CountPieces(first, space.Tree.FindBelow(end)!, address, end), out spares);
    }

    /// <summary>Unmaps a range that was checked, with what was put aside for it.</summary>
    public void Unmap(AddressSpace space, ulong address, ulong length, ref AreaSpares spares)
    {
        ulong end = address + _profile.PageAlign(length);
        if (address != end && Take(space, address, end) is { } areas)
            UnmapParts(space, areas, address, end, ref spares);
        else
            vm.Areas.Release(ref spares);
    }

    /// <summary>Takes everything away: for every area unmap, close, then its pages, then its inode. An oops of one does not keep the others from going.</summary>
    /// <returns>The first oops, or null.</returns>
    public ProcessKilledException? UnmapAll(AddressSpace space)
    {
        ProcessKilledException? killed = null;
        foreach (VmArea area in space.TakeAll())
        {
            Quietly(() => vm.Calls.Unmap(area, area.Start, area.Length), ref killed);
            Quietly(() => vm.Calls.Close(area), ref killed);
            area.UnlinkInode();
            vm.Entries.Zap(space, area.Low, area.Length);
            area.Inode?.Release();
            vm.Areas.Free(area);
        }

        return killed;
    }

    private static void Quietly(Action call, ref ProcessKilledException? killed)
    {
        try
        {
            call();
        }
        catch (ProcessKilledException exception)
        {
            killed ??= exception;
        }
    }

    private static int CountPieces(VmArea first, VmArea last, ulong start, ulong end) => (first.Low < start ? 1 : 0) + (last.High > end ? 1 : 0);

    private bool Reserve(int pieces, out AreaSpares spares)
    {
        bool isCareful = (vm.Defects & KernelDefects.HolePunchLosesArea) == 0;
        return vm.Areas.Reserve(isCareful ? pieces : 0, out spares);
    }

    private List<VmArea>? Take(AddressSpace space, ulong start, ulong end)
    {
        VmArea? area = space.Tree.FindIn(start, end);
        if (area is null)
            return null;
        List<VmArea> areas = _spareList ?? [];
        _spareList = null;
        for (; area is not null; area = area.High < end ? space.Tree.FindIn(area.High, end) : null)
        {
            space.Tree.Remove(area);
            area.UnlinkInode();
            areas.Add(area);
        }

        return areas;
    }

    private void GiveBack(List<VmArea> areas)
    {
        areas.Clear();
        _spareList = areas;
    }

    private void UnmapParts(AddressSpace space, List<VmArea> areas, ulong start, ulong end, ref AreaSpares spares)
    {
        int left = areas.Count;
        try
        {
            while (left > 0)
                UnmapPart(space, areas[--left], start, end, ref spares);
        }
        finally
        {
            // Only an oops leaves some: they go back, for the process's exit to find.
            while (left > 0)
                space.Insert(areas[--left]);
            vm.Areas.Release(ref spares);
            GiveBack(areas);
        }
    }

    private void UnmapPart(AddressSpace space, VmArea area, ulong start, ulong end, ref AreaSpares spares)
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
        if ((area.Flags & VmFlags.Locked) != 0)
            space.LockedPages -= space.Pages(end - start);
        _fixup.Run(space, area, start, end, ref spares);
    }
}
