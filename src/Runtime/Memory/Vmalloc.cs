using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Memory that is contiguous only for the kernel: single pages behind its page tables, a page without entry after each area.</summary>
internal sealed class Vmalloc(MachineHardware hardware, MemMap memMap, PageDirectories directories, KernelMemory memory)
{
    private readonly MachineProfile _profile = hardware.Profile;

    // Start and length of every area, guard page included, by ascending address.
    private readonly List<(ulong Start, ulong Length)> _areas = [];

    /// <summary>Allocates whole pages (<c>vmalloc</c>).</summary>
    /// <returns>The first address, or 0: nothing asked for, or no room, or no memory.</returns>
    public ulong Allocate(ulong size)
    {
        if (size == 0 || size > hardware.Memory.Size)
            return 0;
        size = _profile.PageAlign(size);
        ulong guarded = size + (ulong)_profile.PageSize;
        if (FindGap(guarded, out int index) is not { } start)
            return 0;
        _areas.Insert(index, (start, guarded));
        for (ulong done = 0; done < size; done += (ulong)_profile.PageSize)
        {
            if (MapPage(start + done))
                continue;
            Free(start);
            return 0;
        }

        return start;
    }

    /// <summary>Frees an area by its first address (<c>vfree</c>).</summary>
    /// <returns>Whether there was one.</returns>
    public bool Free(ulong address)
    {
        int index = _areas.FindIndex(area => area.Start == address);
        if (index < 0)
            return false;
        (ulong start, ulong length) = _areas[index];
        _areas.RemoveAt(index);
        for (ulong at = start; at < start + length; at += (ulong)_profile.PageSize)
            UnmapPage(at);
        return true;
    }

    private ulong? FindGap(ulong length, out int index)
    {
        ulong start = memory.VmallocStart;
        for (index = 0; index < _areas.Count && start + length > _areas[index].Start; index++)
            start = _areas[index].Start + _areas[index].Length;
        return length <= _profile.VmallocEnd - start ? start : null;
    }

    private bool MapPage(ulong address)
    {
        ulong location = directories.FindOrMake(directories.Swapper, address + _profile.VmallocVmaddrOffset);
        if (location == 0 || memMap.Allocate() is not { } page)
            return false;
        PageTableFormat format = _profile.PageTable;
        hardware.Tables.Write(location, format.Entry((ulong)page.Number << _profile.PageShift, format.KernelProtection));
        return true;
    }

    private void UnmapPage(ulong address)
    {
        if (!hardware.Tables.TryFind(directories.Swapper, address + _profile.VmallocVmaddrOffset, out ulong location))
            return;
        ulong entry = hardware.Tables.Read(location);
        hardware.Tables.Write(location, 0);
        if (entry == 0)
            return;
        Page page = memMap[(int)(_profile.PageTable.Frame(entry) >> _profile.PageShift)];
        if (!page.IsReserved)
            memMap.Drop(page);
    }
}
