using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Changes the length of mappings, in place or elsewhere (<c>mremap</c>).</summary>
internal sealed class AreaMover(VmSystem vm)
{
    private readonly MachineProfile _profile = vm.Profile;

    public Errno Remap(AddressSpace space, ulong address, ulong oldLength, ulong newLength, MremapFlags flags, out ulong result)
    {
        result = address;
        if ((address & _profile.OffsetMask) != 0 || oldLength > _profile.WordMask || newLength > _profile.WordMask)
            return Errno.EINVAL;
        oldLength = _profile.PageAlign(oldLength);
        newLength = _profile.PageAlign(newLength);
        if (oldLength >= newLength)
        {
            // Shrinking succeeds whether or not anything was mapped there, and even beyond the user's addresses.
            Errno error = vm.Unmapper.Unmap(space, address + newLength, oldLength - newLength);
            return error == Errno.ENOMEM ? error : Errno.None;
        }

        VmArea? area = space.Tree.Find(address);
        if (area is null || area.Low > address || oldLength > area.High - address)
            return Errno.EFAULT;
        if (!vm.Mapper.MayLock(space, area.Flags, newLength - oldLength))
            return Errno.EAGAIN;
        if (!vm.Mapper.MayGrow(space, area.Flags, newLength - oldLength))
            return Errno.ENOMEM;
        bool mayMove = (flags & MremapFlags.MayMove) != 0;
        if (oldLength == area.High - address && GrowInPlace(space, area, address, newLength))
            return Errno.None;
        return mayMove ? Move(space, area, address, oldLength, newLength, out result) : Errno.ENOMEM;
    }

    /// <summary>Moves the end of an area up, without a word to its driver.</summary>
    private bool GrowInPlace(AddressSpace space, VmArea area, ulong address, ulong newLength)
    {
        ulong limit = space.Tree.Next(area)?.Low ?? _profile.TaskSize;
        if (limit - address < newLength)
            return false;
        ulong end = address + newLength;
        long pages = space.Pages(end - area.High);
        space.TotalPages += pages;
        if ((area.Flags & VmFlags.Locked) != 0)
            space.LockedPages += pages;
        space.Tree.SetEnd(area, end);
        return true;
    }

    private Errno Move(AddressSpace space, VmArea area, ulong address, ulong oldLength, ulong newLength, out ulong result)
    {
        result = 0;
        if (!vm.Unmapper.Reserve(space, address, oldLength, out AreaSpares spares))
            return Errno.ENOMEM;
        if (vm.Areas.Copy(area, space) is not { } moved)
        {
            vm.Areas.Release(ref spares);
            return Errno.ENOMEM;
        }

        result = vm.Mapper.FindUnmapped(space, address, newLength);
        if (result == 0 || !MoveTables(space, address, result, oldLength))
        {
            vm.Areas.Free(moved);
            vm.Areas.Release(ref spares);
            return Errno.ENOMEM;
        }

        moved.Low = result;
        moved.High = result + newLength;
        moved.Offset += address - area.Low;
        moved.Inode?.Hold();
        try
        {
            vm.Calls.Open(moved);
        }
        finally
        {
            space.Insert(moved);
        }

        vm.Mapper.Merge(space, moved.Low, moved.High);
        vm.Unmapper.Unmap(space, address, oldLength, ref spares);
        space.TotalPages += space.Pages(newLength);
        return Errno.None;
    }

    /// <summary>Moves the entries; when memory for a table is short, back again (<c>move_page_tables</c>).</summary>
    private bool MoveTables(AddressSpace space, ulong from, ulong to, ulong length)
    {
        for (ulong done = 0; done < length; done += (ulong)_profile.PageSize)
        {
            if (MoveEntry(space, from + done, to + done))
                continue;
            while (done > 0)
            {
                done -= (ulong)_profile.PageSize;
                MoveEntry(space, to + done, from + done);
            }

            return false;
        }

        space.FlushTlb();
        return true;
    }

    private bool MoveEntry(AddressSpace space, ulong from, ulong to)
    {
        PageTables tables = vm.Hardware.Tables;
        if (!vm.Directories.TryFindForChange(space.Directory, from, out ulong source) || tables.Read(source) == 0)
            return true;
        ulong target = vm.Directories.FindOrMake(space.Directory, to);
        if (target == 0)
            return false;

        // Read only now: to find memory for the table, the page itself may have been stolen.
        ulong entry = tables.Read(source);
        tables.Write(source, 0);
        tables.Write(target, entry);
        return true;
    }
}
