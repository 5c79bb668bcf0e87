using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Handles page faults (<c>do_page_fault</c>, <c>do_no_page</c>, <c>do_wp_page</c>).</summary>
internal sealed class FaultHandler(VmSystem vm)
{
    private readonly MachineProfile _profile = vm.Profile;
    private readonly PageTableFormat _format = vm.Profile.PageTable;
    private readonly PageTables _tables = vm.Hardware.Tables;

    /// <summary>Handles a fault of user mode.</summary>
    /// <returns>The signal that the access earned; none, and the access can be tried again.</returns>
    public Signal Handle(AddressSpace space, ulong address, Access access, FaultCode code)
    {
        VmArea? area = space.Tree.Find(address);
        if (area is null || (area.Low > address && !vm.Stacks.GrowForUser(area, address)) || !Allows(area.Flags, access, code))
            return Signal.SIGSEGV;
        return code == FaultCode.Protection ? WriteProtected(area, address) : NoPage(area, address, access == Access.Store);
    }

    /// <summary>Reads every page of a locked area that the driver has not filled, so that <c>nopage</c> runs under <c>mmap</c>.</summary>
    public void TouchAll(AddressSpace space, ulong start, ulong end)
    {
        for (ulong at = start; at < end && vm.Current.PendingSignal != Signal.SIGKILL; at += (ulong)_profile.PageSize)
        {
            if (_tables.TryFind(space.Directory, at, out ulong location) && (_tables.Read(location) & _format.Present) != 0)
                continue;
            Signal signal = Handle(space, at, Access.Load, FaultCode.NotPresent);
            if (signal != Signal.None)
                vm.Current.PendingSignal = signal;
        }
    }

    private bool Allows(VmFlags flags, Access access, FaultCode code) => access switch
    {
        Access.Store => (flags & VmFlags.Write) != 0,
        Access.Load => code == FaultCode.NotPresent && ((uint)flags & _profile.LoadNeeds) != 0,
        _ => code == FaultCode.NotPresent && ((uint)flags & _profile.FetchNeeds) != 0,
    };

    private Signal NoPage(VmArea area, ulong address, bool write)
    {
        AddressSpace space = area.AddressSpace;
        address = _profile.PageStart(address);
        ulong location = vm.Directories.FindOrMake(space.Directory, address);
        if (location == 0)
            return OutOfMemory();
        ulong entry = _tables.Read(location);
        if ((entry & _format.Present) != 0)
            return Signal.None;
        if (entry != 0)
            return vm.SwapFaults.Handle(area, address, location, write);

        space.ResidentPages++;
        return area.Operations?.Nopage is null ? Anonymous(area, location, write) : FromDriver(area, address, location, write);
    }

    private Signal Anonymous(VmArea area, ulong location, bool write)
    {
        ulong protection = area.PageProtection.Bits;
        if (!write)
        {
            vm.Entries.Put(location, _format.Writable.Take(_format.Entry(vm.ZeroPage, protection)));
            return Signal.None;
        }

        if (vm.MemMap.AllocateZeroed() is not { } page)
        {
            vm.Entries.Put(location, vm.BadPageEntry());
            return OutOfMemory();
        }

        vm.Entries.Put(location, WrittenEntry(page, protection));
        return Signal.None;
    }

    private Signal FromDriver(VmArea area, ulong address, ulong location, bool write)
    {
        bool noShare = (area.Flags & VmFlags.Shared) == 0 && write;
        KernelAddress result = vm.Calls.Nopage(area, new UserAddress(address), noShare);
        if (result.IsNull)
        {
            vm.Entries.Put(location, vm.BadPageEntry());
            return Signal.SIGBUS;
        }

        Page page = vm.MemMap.Find(result.Value) ?? throw NoSuchPage(area, result);
        vm.MemMap.Auditor.HandedOut(page);
        vm.MappingAuditor.HandedOut(area, address, page, noShare);
        ulong entry = _format.Entry(result.Value - _profile.PageOffset, area.PageProtection.Bits);
        if (write)
            entry = Written(entry);
        else if (page.Count > 1 && (area.Flags & VmFlags.Shared) == 0)
            entry = _format.Writable.Take(entry);
        vm.Entries.Put(location, entry);
        area.AddressSpace.FlushTlb(address);
        return Signal.None;
    }

    private Signal WriteProtected(VmArea area, ulong address)
    {
        if (!vm.Directories.TryFindForChange(area.AddressSpace.Directory, address, out ulong location))
            return Signal.None;
        ulong entry = _tables.Read(location);
        if ((entry & _format.Present) == 0 || _format.Writable.In(entry))
            return Signal.None;
        area.AddressSpace.FlushTlb(address);
        ulong frame = _format.Frame(entry);
        ulong number = frame >> _profile.PageShift;
        if (number >= (ulong)vm.MemMap.Count)
        {
            vm.Gate.Printk($"do_wp_page: bogus page at address {address:x8} ({frame:x8})");
            return Signal.SIGKILL;
        }

        Page old = vm.MemMap.Pages[(int)number];
        if (old.Count != 1)
            return Copy(area, location, entry, old);

        // Nobody else seems to use the page. For one that a driver reserved with count 1 that is wrong, and the store reaches the device's buffer.
        vm.MappingAuditor.WrittenInPlace(area, address, old);
        _tables.Write(location, Written(entry));
        return Signal.None;
    }

    private Signal Copy(VmArea area, ulong location, ulong entry, Page old)
    {
        Page? page = vm.MemMap.Allocate();
        if (!vm.Entries.IsSamePage(_tables.Read(location), entry))
        {
            // The search for memory took the very page that was to be copied: the access faults again and fetches it.
            if (page is not null)
                vm.MemMap.Drop(page);
            return Signal.None;
        }

        if (page is null)
        {
            _tables.Write(location, vm.BadPageEntry());
            DropUnlessReserved(old);
            return OutOfMemory();
        }

        if (old.IsReserved)
            area.AddressSpace.ResidentPages++;
        vm.Hardware.Memory.Frame(old.Number).CopyTo(vm.Hardware.Memory.Frame(page.Number));
        _tables.Write(location, WrittenEntry(page, area.PageProtection.Bits));
        DropUnlessReserved(old);
        return Signal.None;
    }

    private void DropUnlessReserved(Page page)
    {
        if (!page.IsReserved)
            vm.MemMap.Drop(page);
    }

    private ulong WrittenEntry(Page page, ulong protection) => Written(_format.Entry((ulong)page.Number << _profile.PageShift, protection));

    private ulong Written(ulong entry) => _format.Writable.Give(entry) | _format.Dirty;

    private Signal OutOfMemory()
    {
        vm.Gate.Printk("Out of memory.");
        return Signal.SIGKILL;
    }

    // The kernel would index mem_map with it and go on with whatever lies behind the array; what follows has no rule that could be kept.
    private ProcessKilledException NoSuchPage(VmArea area, KernelAddress result) => vm.Gate.Oops(
        area.Module,
        DriverCallback.Nopage,
        new KernelOopsException($"nopage returned {result}, which is no logical address of a page: mem_map has no entry for it"));
}
