using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The pages of shared segments: on the way in when a process touches them (<c>shm_swap_in</c>), on the way out when memory is short (<c>shm_swap</c>).</summary>
internal sealed class SharedPages(VmSystem vm, SharedSegment?[] segments)
{
    /// <summary>The bits of an entry's offset that hold the segment's place; the page's index stands above them (<c>SHM_IDX_SHIFT</c>).</summary>
    private const int IndexShift = 7;

    private readonly PageTableFormat _format = vm.Profile.PageTable;
    private readonly PageTables _tables = vm.Hardware.Tables;
    private int _resident;
    private int _segmentHand;
    private int _pageHand;

    /// <summary>The entry that stands for a page of a segment while no process has it in its table.</summary>
    public ulong EntryFor(int slot, int index) => _format.Swap.Encode(SwapEntryFormat.ForeignType, (uint)slot | ((ulong)index << IndexShift));

    /// <summary>The entry that belongs at a distance from the start of an area.</summary>
    public ulong EntryFor(VmArea area, ulong distance) => EntryFor(SlotOf(area.Signature), (int)((area.Offset + distance) >> vm.Profile.PageShift));

    /// <summary>The place of the segment that an entry names.</summary>
    public int SlotOf(ulong entry) => (int)(_format.Swap.OffsetOf(entry) & (SharedSegment.Capacity - 1));

    /// <summary>The <c>swapin</c> method: gives the segment's page, with a unit, and makes one on the first touch.</summary>
    public PageTableEntry SwapIn(VmArea area, ulong offset, ulong entry)
    {
        int index = (int)(offset >> vm.Profile.PageShift);
        SharedSegment? segment = segments[SlotOf(entry)];
        if (segment is null || entry != EntryFor(SlotOf(area.Signature), index) || index >= segment.Entries.Length)
        {
            vm.Gate.Printk($"shm_swap_in: entry {entry:x8} is not page {index} of {area}");
            return new PageTableEntry(_format, vm.BadPageEntry());
        }

        if (PageOf(segment, index) is not { } page)
        {
            vm.Gate.Printk("Out of memory.");
            vm.Current.PendingSignal = Signal.SIGKILL;
            return new PageTableEntry(_format, vm.BadPageEntry());
        }

        page.Get();
        return new PageTableEntry(_format, (segment.Entries[index] & _format.ChangeMask) | area.PageProtection.Bits);
    }

    /// <summary>Writes one page to swap that no process used since the last visit.</summary>
    /// <returns>Whether there was one, and a slot for it.</returns>
    public bool SwapOutPage()
    {
        ulong slot = _resident == 0 ? 0 : vm.Swap.Take();
        if (slot == 0)
            return false;
        for (int wraps = 0; wraps < 2;)
        {
            if (segments[_segmentHand] is { IsLocked: false } segment && _pageHand < segment.Entries.Length)
            {
                if (SwapOut(segment, _pageHand++, slot))
                    return true;
                continue;
            }

            _pageHand = 0;
            _segmentHand = (_segmentHand + 1) % segments.Length;
            if (_segmentHand == 0)
                wraps++;
        }

        vm.Swap.Drop(slot);
        return false;
    }

    /// <summary>Gives back all pages and slots of a segment that is destroyed.</summary>
    public void Free(SharedSegment segment)
    {
        foreach (ulong entry in segment.Entries)
        {
            if (vm.Entries.CountedPage(entry) is { } page)
            {
                vm.MemMap.Drop(page);
                _resident--;
            }
            else
            {
                vm.Swap.Drop(entry);
            }
        }
    }

    private Page? PageOf(SharedSegment segment, int index)
    {
        ulong entry = segment.Entries[index];
        if (vm.Entries.CountedPage(entry) is { } present)
            return present;
        if (vm.MemMap.AllocateZeroed() is not { } page)
            return null;
        if (entry != 0)
        {
            vm.Swap.Read(entry, page);
            vm.Swap.Drop(entry);
        }

        _resident++;
        segment.Entries[index] = _format.Entry((ulong)page.Number << vm.Profile.PageShift, _format.SharedProtection | _format.Dirty);
        return page;
    }

    private bool SwapOut(SharedSegment segment, int index, ulong slot)
    {
        if (vm.Entries.CountedPage(segment.Entries[index]) is not { } page)
            return false;
        foreach (VmArea area in segment.Areas)
            TakeAway(area, segment, index, page);
        if (page.Count != 1)
            return false;
        vm.Swap.Write(slot, page);
        segment.Entries[index] = slot;
        vm.MemMap.Drop(page);
        _resident--;
        return true;
    }

    /// <summary>Puts the segment's note back into a table, unless the page was used since the last visit.</summary>
    private void TakeAway(VmArea area, SharedSegment segment, int index, Page page)
    {
        ulong address = area.Low + ((ulong)index << vm.Profile.PageShift) - area.Offset;
        if (address < area.Low || address >= area.High || !vm.Directories.TryFindForChange(area.AddressSpace.Directory, address, out ulong location))
            return;
        ulong entry = _tables.Read(location);
        if (vm.Entries.CountedPage(entry) != page)
            return;
        if ((entry & _format.Accessed) != 0)
        {
            _tables.Write(location, entry & ~_format.Accessed);
            area.AddressSpace.FlushTlb(address);
            return;
        }

        _tables.Write(location, EntryFor(segment.Slot, index));
        area.AddressSpace.FlushTlb(address);
        vm.Entries.Release(area.AddressSpace, entry);
    }
}
