using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Copies the areas and tables of a process for its child (<c>dup_mmap</c>).</summary>
internal sealed class SpaceCopier(VmSystem vm)
{
    private readonly PageTableFormat _format = vm.Profile.PageTable;
    private readonly PageTables _tables = vm.Hardware.Tables;
    private readonly TableSharer _sharer = new(vm);

    /// <summary>Copies every area: its inode is counted, its entries are copied, then <c>open</c> hears of the copy.</summary>
    /// <returns>Success, or <c>ENOMEM</c> with the child emptied again.</returns>
    public Errno Copy(AddressSpace parent, AddressSpace child)
    {
        child.ResidentPages = parent.ResidentPages;
        child.TotalPages = parent.TotalPages;
        Errno error = CopyAreas(parent, child);
        if (error != Errno.None)
            vm.Unmapper.UnmapAll(child);
        return error;
    }

    private Errno CopyAreas(AddressSpace parent, AddressSpace child)
    {
        try
        {
            foreach (VmArea area in parent.Tree.ToList())
            {
                if (CopyArea(area, child) is not Errno.None and var error)
                    return error;
            }

            return Errno.None;
        }
        finally
        {
            // Private pages of the parent are write-protected now, also where an oops ended it.
            parent.FlushTlb();
        }
    }

    private Errno CopyArea(VmArea area, AddressSpace child)
    {
        if (vm.Areas.Copy(area, child) is not { } copy)
            return Errno.ENOMEM;
        copy.Flags &= ~VmFlags.Locked;
        copy.Inode?.Hold();
        if (!CopyEntries(area, child))
        {
            GiveUp(child, copy);
            return Errno.ENOMEM;
        }

        try
        {
            vm.Calls.Open(copy);
        }
        finally
        {
            child.Insert(copy);
        }

        return Errno.None;
    }

    /// <summary>The entries of a copy could not all be made. 2.0.40 leaves it for <c>exit_mmap</c>, which closes what was never opened; here it goes without a word.</summary>
    private void GiveUp(AddressSpace child, VmArea copy)
    {
        if ((vm.Defects & KernelDefects.ForkFailureCloses) != 0)
        {
            child.Insert(copy);
            return;
        }

        vm.Entries.Zap(child, copy.Low, copy.Length);
        copy.Inode?.Release();
        vm.Areas.Free(copy);
    }

    private bool CopyEntries(VmArea area, AddressSpace child)
    {
        bool copyOnWrite = (area.Flags & (VmFlags.Shared | VmFlags.Write)) == VmFlags.Write;
        for (ulong at = area.Low; at < area.High;)
        {
            ulong stop = Math.Min(area.High, vm.Entries.NextTable(at));
            ulong source = _tables.FindMiddle(area.AddressSpace.Directory, at);
            if (source != 0 && _tables.Read(source) != 0 && !CopyOrShareTable(source, child, at, stop, copyOnWrite))
                return false;
            at = stop;
        }

        return true;
    }

    /// <summary>Copies the entries of a range that lies in one table, or shares the table when the range is all of it.</summary>
    private bool CopyOrShareTable(ulong middle, AddressSpace child, ulong start, ulong stop, bool copyOnWrite)
    {
        if (!vm.Directories.Shared.CanShare || stop - start != vm.Profile.PmdSize)
        {
            vm.Directories.Shared.Unshare(middle);
            return CopyTable(_tables.PteLocation(_tables.Read(middle), start), child, start, stop, copyOnWrite);
        }

        ulong target = vm.Directories.FindOrMakeMiddle(child.Directory, start);
        if (target == 0 || !vm.Directories.Shared.Share(middle, target))
            return false;
        ulong table = _tables.TableOf(_tables.Read(middle));
        _sharer.Share(table, copyOnWrite);
        return true;
    }

    private bool CopyTable(ulong source, AddressSpace child, ulong start, ulong stop, bool copyOnWrite)
    {
        ulong target = vm.Directories.FindOrMake(child.Directory, start);
        if (target == 0)
            return false;
        for (ulong at = start; at < stop; at += (ulong)vm.Profile.PageSize)
        {
            ulong entry = ShareEntry(source, copyOnWrite);
            if (entry != 0)
                _tables.Write(target, entry);
            source += (ulong)_format.EntrySize;
            target += (ulong)_format.EntrySize;
        }

        return true;
    }

    /// <summary>
    /// Gives what an entry maps one more user: devices and reserved pages as they are, swap slots and counted pages with a unit, private pages
    /// write-protected on both sides.
    /// </summary>
    /// <returns>The entry of the child (<c>copy_one_pte</c>).</returns>
    private ulong ShareEntry(ulong source, bool copyOnWrite)
    {
        ulong entry = _tables.Read(source);
        if (entry == 0)
            return 0;
        if ((entry & _format.Present) == 0)
        {
            vm.Swap.Hold(entry);
            return entry;
        }

        if (!vm.MemMap.States.TryHold(_format.Frame(entry) >> vm.Profile.PageShift))
            return entry;
        if (copyOnWrite)
        {
            entry = _format.Writable.Take(entry);
            _tables.Write(source, entry);
        }

        return entry & ~_format.Accessed;
    }
}
