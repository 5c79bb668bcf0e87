using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Brings back what an entry that is not present stands for (<c>do_swap_page</c>, <c>swap_in</c>).</summary>
internal sealed class SwapFaults(VmSystem vm)
{
    private readonly MachineProfile _profile = vm.Profile;
    private readonly PageTableFormat _format = vm.Profile.PageTable;
    private readonly PageTables _tables = vm.Hardware.Tables;

    /// <summary>Fills the slot of a page that was touched; a driver without a <c>swapin</c> method is not asked.</summary>
    /// <returns>The signal that the access earned.</returns>
    public Signal Handle(VmArea area, ulong address, ulong location, bool write)
    {
        ulong entry = _tables.Read(location);
        if (area.Operations?.Swapin is not null)
            return FromOwner(area, address, location, entry);
        if (vm.Swap.IsUsed(entry))
            return FromSwap(area, location, entry, write);
        vm.Gate.Printk($"swap_in: entry {entry:x8} at {address:x8} is no swap entry");
        _tables.Write(location, vm.BadPageEntry());
        return Signal.SIGBUS;
    }

    /// <summary>The page is private from now on, whatever the area is: where a driver's page was swapped out, the process has lost the device.</summary>
    private Signal FromSwap(VmArea area, ulong location, ulong entry, bool write)
    {
        if (vm.MemMap.Allocate() is not { } page)
        {
            _tables.Write(location, vm.BadPageEntry());
            vm.Swap.Drop(entry);
            vm.Gate.Printk("swap_in: Out of memory.");
            return Signal.SIGKILL;
        }

        vm.Swap.Read(entry, page);
        vm.Swap.Drop(entry);
        area.AddressSpace.ResidentPages++;

        // The slot is given back, so only this page has the content: it is dirty even when it was only read.
        ulong restored = _format.Entry((ulong)page.Number << _profile.PageShift, area.PageProtection.Bits) | _format.Dirty;
        _tables.Write(location, write ? _format.Writable.Give(restored) : restored);
        return Signal.None;
    }

    private Signal FromOwner(VmArea area, ulong address, ulong location, ulong entry)
    {
        ulong offset = address - area.Low + area.Offset;
        ulong filled = vm.Calls.Swapin(area, offset, entry).Value;
        if (vm.Entries.CountedPage(filled) is { } page)
        {
            vm.MemMap.Auditor.HandedOut(page);
            if (page.Count > 1 && (area.Flags & VmFlags.Shared) == 0)
                filled = _format.Writable.Take(filled);
        }

        if (_tables.Read(location) != entry)
        {
            vm.Entries.Put(location, filled);
            return Signal.None;
        }

        area.AddressSpace.ResidentPages++;
        _tables.Write(location, filled);
        return Signal.None;
    }
}
