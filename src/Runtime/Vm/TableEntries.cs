using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Installs and takes away the table entries of an address space, with the page counts that go with them.</summary>
internal sealed class TableEntries(VmSystem vm)
{
    private readonly MachineProfile _profile = vm.Profile;
    private readonly PageTableFormat _format = vm.Profile.PageTable;
    private readonly PageTables _tables = vm.Hardware.Tables;

    /// <summary>The counted page behind an entry; null for a device, a reserved page and an entry that is not present.</summary>
    public Page? CountedPage(ulong entry)
    {
        if ((entry & _format.Present) == 0)
            return null;
        ulong number = _format.Frame(entry) >> _profile.PageShift;
        if (number >= (ulong)vm.MemMap.Count)
            return null;
        Page page = vm.MemMap.Pages[(int)number];
        return page.IsReserved ? null : page;
    }

    /// <summary>Whether two entries map the same frame, whatever their flags.</summary>
    public bool IsSamePage(ulong left, ulong right) => ((left ^ right) & (_format.FrameMask | _format.Present)) == 0;

    /// <summary>Fills an empty slot; a slot that was filled meanwhile keeps what it has and the page is given back (<c>put_page</c>).</summary>
    public void Put(ulong location, ulong entry)
    {
        if (_tables.Read(location) == 0)
            _tables.Write(location, entry);
        else if (CountedPage(entry) is { } page)
            vm.MemMap.Drop(page);
    }

    /// <summary>Gives back what a removed entry held (<c>free_pte</c>).</summary>
    public void Release(AddressSpace space, ulong entry)
    {
        if ((entry & _format.Present) == 0)
            vm.Swap.Drop(entry);
        if (CountedPage(entry) is not { } page)
            return;
        vm.MemMap.Drop(page);
        if (space.ResidentPages > 0)
            space.ResidentPages--;
    }

    /// <summary>Empties a range of addresses (<c>zap_page_range</c>).</summary>
    public void Zap(AddressSpace space, ulong start, ulong length)
    {
        ulong end = start + length;
        bool any = false;
        for (ulong at = start; at < end;)
        {
            ulong stop = Math.Min(end, NextTable(at));
            if (vm.Directories.TryFindForChange(space.Directory, at, out ulong location))
                any |= ZapTable(space, location, stop - at);
            at = stop;
        }

        // In time, for all of them at once: the pages are free already, but nothing was allocated since.
        if (any)
            space.FlushTlb();
    }

    /// <summary>The first address whose entry stands in another table.</summary>
    public ulong NextTable(ulong address) => (address & ~(_profile.PmdSize - 1)) + _profile.PmdSize;

    /// <summary>The address at which an area maps a page, or null.</summary>
    public UserAddress? Find(VmArea area, Page page)
    {
        for (ulong at = area.Low; at < area.High;)
        {
            ulong stop = Math.Min(area.High, NextTable(at));
            bool isTable = _tables.TryFind(area.AddressSpace.Directory, at, out ulong location);
            for (; isTable && at < stop; at += (ulong)_profile.PageSize, location += (ulong)_format.EntrySize)
            {
                ulong entry = _tables.Read(location);
                if ((entry & _format.Present) != 0 && _format.Frame(entry) >> _profile.PageShift == (ulong)page.Number)
                    return new UserAddress(at);
            }

            at = stop;
        }

        return null;
    }

    private bool ZapTable(AddressSpace space, ulong location, ulong length)
    {
        bool any = false;
        for (ulong done = 0; done < length; done += (ulong)_profile.PageSize, location += (ulong)_format.EntrySize)
        {
            ulong entry = _tables.Read(location);
            if (entry == 0)
                continue;
            any = true;
            _tables.Write(location, 0);
            Release(space, entry);
        }

        return any;
    }
}
