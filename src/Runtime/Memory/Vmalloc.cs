using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Memory that is contiguous only for the kernel: single pages behind its page tables, a page without entry after each area.</summary>
internal sealed class Vmalloc(MachineHardware hardware, MemMap memMap, PageDirectories directories, KernelMemory memory)
{
    private readonly MachineProfile _profile = hardware.Profile;

    // Start and length of every area, guard page included, by ascending address.
    private readonly List<(ulong Start, ulong Length)> _areas = [];

    /// <summary>The pages of memory behind all areas.</summary>
    public IEnumerable<Page> Pages =>
        from area in _areas
        from number in Enumerable.Range(0, (int)(area.Length >> _profile.PageShift))
        let page = PageAt(area.Start + ((ulong)number << _profile.PageShift))
        where page is { IsReserved: false }
        select page;

    /// <summary>Allocates whole pages (<c>vmalloc</c>).</summary>
    /// <returns>The first address, or 0: nothing asked for, or no room, or no memory.</returns>
    public ulong Allocate(ulong size)
    {
        if (size == 0 || size > hardware.Memory.Size)
            return 0;
        return Fill(_profile.PageAlign(size), AllocatePage);
    }

    /// <summary>Gives addresses to a device (<c>vremap</c>).</summary>
    /// <returns>The first address, or 0: inside a page, memory and no device, nothing asked for, beyond the bus, no room, or no memory for a table.</returns>
    public ulong Remap(ulong physical, ulong size)
    {
        ulong aligned = _profile.PageAlign(size);
        bool fits = size <= _profile.WordMask && aligned != 0 && physical <= _profile.WordMask - aligned;
        if (hardware.Memory.IsMemory(physical) || (physical & _profile.OffsetMask) != 0 || !fits)
            return 0;
        return Fill(aligned, done => physical + done);
    }

    /// <summary>Takes a range of addresses and gives each page of it what a source says; 0 is a source that has nothing left.</summary>
    private ulong Fill(ulong size, Func<ulong, ulong> source)
    {
        if (memMap.Injection.ShallFail(Allocation.Vmalloc))
            return 0;
        ulong guarded = size + (ulong)_profile.PageSize;
        if (FindGap(guarded, out int index) is not { } start)
            return 0;
        _areas.Insert(index, (start, guarded));
        for (ulong done = 0; done < size; done += (ulong)_profile.PageSize)
        {
            if (MapPage(start + done, source, done))
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

    private ulong AllocatePage(ulong done) => memMap.Allocate() is { } page ? (ulong)page.Number << _profile.PageShift : 0;

    private bool MapPage(ulong address, Func<ulong, ulong> source, ulong done)
    {
        ulong location = directories.FindOrMake(directories.Swapper, address + _profile.VmallocVmaddrOffset);
        if (location == 0 || source(done) is not (not 0 and var frame))
            return false;
        PageTableFormat format = _profile.PageTable;
        hardware.Tables.Write(location, format.Entry(frame, format.KernelProtection));
        return true;
    }

    private Page? PageAt(ulong address)
    {
        if (!hardware.Tables.TryFind(directories.Swapper, address + _profile.VmallocVmaddrOffset, out ulong location))
            return null;
        ulong entry = hardware.Tables.Read(location);
        ulong frame = _profile.PageTable.Frame(entry);
        return entry != 0 && hardware.Memory.IsMemory(frame) ? memMap[(int)(frame >> _profile.PageShift)] : null;
    }

    private void UnmapPage(ulong address)
    {
        if (!hardware.Tables.TryFind(directories.Swapper, address + _profile.VmallocVmaddrOffset, out ulong location))
            return;
        ulong entry = hardware.Tables.Read(location);
        hardware.Tables.Write(location, 0);
        ulong frame = _profile.PageTable.Frame(entry);
        if (entry == 0 || !hardware.Memory.IsMemory(frame))
            return;
        Page page = memMap[(int)(frame >> _profile.PageShift)];
        if (!page.IsReserved)
            memMap.Drop(page);
    }
}
