using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Makes files shorter or longer and takes what is gone out of every area that maps it (<c>do_truncate</c>, <c>vmtruncate</c>).</summary>
internal sealed class FileTruncator(VmSystem vm)
{
    private readonly MachineProfile _profile = vm.Profile;

    /// <summary>Gives an inode a size. One that is no file has no pages to lose, but its areas are treated the same.</summary>
    /// <returns>Success, or <c>EINVAL</c> for a size that is negative as a signed number of the machine.</returns>
    public Errno Truncate(Inode inode, ulong size)
    {
        if (size > _profile.WordMask >> 1)
            return Errno.EINVAL;
        inode.Size = size;
        vm.PageCache.Truncate(inode, size);
        for (VmArea? area = inode.Areas.First; area is not null; area = area.NextShare)
            TruncateArea(area, size);
        inode.Disk?.Truncate(size);
        return Errno.None;
    }

    private void TruncateArea(VmArea area, ulong size)
    {
        if (area.Offset >= size)
        {
            vm.Entries.Zap(area.AddressSpace, area.Low, area.Length);
            return;
        }

        ulong kept = size - area.Offset;
        if (kept >= area.Length)
            return;
        ulong start = area.Low + kept;
        if ((start & _profile.OffsetMask) != 0)
            ClearRest(area.AddressSpace, start);
        start = _profile.PageAlign(start);
        vm.Entries.Zap(area.AddressSpace, start, area.High - start);
    }

    /// <summary>Clears the rest of a page as this process has it, which may be a copy of its own (<c>partial_clear</c>).</summary>
    private void ClearRest(AddressSpace space, ulong address)
    {
        if (!vm.Directories.TryFindForChange(space.Directory, address, out ulong location))
            return;
        var entry = new PageTableEntry(_profile.PageTable, vm.Hardware.Tables.Read(location));
        if (!entry.IsPresent || !vm.Hardware.Memory.IsMemory(entry.Frame.Value))
            return;
        int offset = (int)(address & _profile.OffsetMask);
        vm.Hardware.Memory.Bytes(entry.Frame.Value + (ulong)offset, _profile.PageSize - offset).Clear();
    }
}
