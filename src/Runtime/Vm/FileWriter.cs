using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Writes pages that were changed through a shared area back to their file (<c>filemap_sync</c>, <c>filemap_swapout</c>).</summary>
internal sealed class FileWriter(VmSystem vm)
{
    private readonly FlagNumbers _numbers = vm.Profile.Flags;
    private readonly PageTableFormat _format = vm.Profile.PageTable;
    private readonly PageTables _tables = vm.Hardware.Tables;

    /// <summary>The <c>unmap</c> method: what is dirty is written before the entries go.</summary>
    public void Unmap(VmArea area, UserAddress start, ulong length) => Sync(area, start, length, _numbers.MsAsync);

    /// <summary>The <c>sync</c> method: writes the dirty pages of a range and makes their entries clean; to invalidate drops all entries.</summary>
    /// <returns>Success, or <c>EIO</c> when a page lies beyond the end of the file; the others are written all the same.</returns>
    public Errno Sync(VmArea area, UserAddress start, ulong length, uint flags)
    {
        AddressSpace space = area.AddressSpace;
        Errno result = Errno.None;

        // Before the first page is read: a store that came later would be lost with the dirty bit. The processor has to see the next one anyway.
        space.FlushTlb();
        ulong end = start.Value + length;
        for (ulong at = start.Value; at < end;)
        {
            ulong stop = Math.Min(end, vm.Entries.NextTable(at));
            if (vm.Directories.TryFindForChange(space.Directory, at, out ulong location))
            {
                for (; at < stop; at += (ulong)vm.Profile.PageSize, location += (ulong)_format.EntrySize)
                {
                    if (SyncEntry(area, location, at - area.Low + area.Offset, flags) is not Errno.None and var error)
                        result = error;
                }
            }

            at = stop;
        }

        return result;
    }

    /// <summary>The <c>swapout</c> method: the page goes to its own file, and the next touch finds it there.</summary>
    public Errno Swapout(VmArea area, ulong offset, PageTableEntry entry) => WritePage(area, offset, entry);

    private Errno SyncEntry(VmArea area, ulong location, ulong offset, uint flags)
    {
        ulong value = _tables.Read(location);
        if (value == 0)
            return Errno.None;
        var entry = new PageTableEntry(_format, value);
        bool isDirty = entry.IsPresent && entry.IsDirty;
        if ((flags & _numbers.MsInvalidate) == 0)
        {
            if (!isDirty)
                return Errno.None;
            _tables.Write(location, value & ~_format.Dirty);
            return WritePage(area, offset, entry);
        }

        _tables.Write(location, 0);
        Errno error = isDirty && flags != _numbers.MsInvalidate ? WritePage(area, offset, entry) : Errno.None;
        vm.Entries.Release(area.AddressSpace, value);
        return error;
    }

    /// <summary>Writes as much of a page as the file reaches: mapping never makes a file longer (<c>filemap_write_page</c>).</summary>
    private Errno WritePage(VmArea area, ulong offset, PageTableEntry entry)
    {
        Inode inode = area.Inode!;
        ulong end = Math.Min(offset + (ulong)vm.Profile.PageSize, inode.Size);
        if (end < offset)
            return Errno.EIO;
        ReadOnlySpan<byte> bytes = vm.Hardware.Memory.Bytes(entry.Frame.Value, (int)(end - offset));
        inode.Disk!.Write(offset, bytes);
        vm.PageCache.Update(inode, offset, bytes);
        return Errno.None;
    }
}
