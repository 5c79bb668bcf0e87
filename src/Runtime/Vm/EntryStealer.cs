using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Takes the page behind one table entry away from its process (<c>try_to_swap_out</c>).</summary>
/// <remarks>
/// A page that was not used since the last visit is read without fear of a store from another thread: whoever remembers a translation sets the accessed bit,
/// and who clears it here makes everybody forget. As long as it is clear nobody can store without a fault, and faults wait for the kernel lock.
/// </remarks>
internal sealed class EntryStealer(VmSystem vm)
{
    private readonly PageTableFormat _format = vm.Profile.PageTable;
    private readonly PageTables _tables = vm.Hardware.Tables;

    /// <summary>The process whose turn it is to lose pages.</summary>
    public TaskContext? Victim { get; set; }

    /// <summary>Takes the page unless it is a device's, reserved, or was used since the last visit.</summary>
    /// <returns>Whether the page is free now; others may still have it.</returns>
    public bool Steal(VmArea area, ulong address, ulong location)
    {
        ulong entry = _tables.Read(location);
        if (vm.Entries.CountedPage(entry) is not { } page)
            return false;
        if ((entry & _format.Accessed) != 0)
        {
            Replace(area, location, address, entry & ~_format.Accessed);
            return false;
        }

        if (!TakeAway(area, address, location, entry, page))
            return false;
        bool isLast = page.Count == 1;
        vm.Entries.Release(area.AddressSpace, entry);
        return isLast;
    }

    private bool TakeAway(VmArea area, ulong address, ulong location, ulong entry, Page page)
    {
        if ((entry & _format.Dirty) == 0)
        {
            // Whoever gave the page can give it again.
            Replace(area, location, address, 0);
            vm.PageCache.Unuse(page);
            return true;
        }

        return area.Operations?.Swapout is null ? WriteToSwap(area, address, location, page) : PutAway(area, address, location, entry, page);
    }

    private bool WriteToSwap(VmArea area, ulong address, ulong location, Page page)
    {
        ulong slot = vm.Swap.Take();
        if (slot == 0)
            return false;
        Replace(area, location, address, slot);
        vm.Swap.Write(slot, page);
        return true;
    }

    private bool PutAway(VmArea area, ulong address, ulong location, ulong entry, Page page)
    {
        try
        {
            if (vm.Calls.Swapout(area, address - area.Low + area.Offset, new PageTableEntry(_format, entry)) != Errno.None)
                Victim!.PendingSignal = Signal.SIGBUS;
        }
        catch (ProcessKilledException)
        {
            // Whoever needed memory is not to blame: the oops is on record, and the page stays where it is.
            return false;
        }

        ulong left = _tables.Read(location);
        Replace(area, location, address, vm.Entries.CountedPage(left) == page ? 0 : left);
        return true;
    }

    private void Replace(VmArea area, ulong location, ulong address, ulong entry)
    {
        _tables.Write(location, entry);
        area.AddressSpace.FlushTlb(address);
    }
}
