using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Changes what a range lets the program do (<c>mprotect</c>).</summary>
internal sealed class AreaProtector(VmSystem vm)
{
    private const Protection All = Protection.ReadWrite | Protection.Exec;

    /// <summary>How far above a flag the one stands that says whether it may be switched on (<c>VM_MAYREAD</c> and its like).</summary>
    private const int MayShift = 4;

    private readonly MachineProfile _profile = vm.Profile;
    private readonly PageTableFormat _format = vm.Profile.PageTable;

    public Errno Protect(AddressSpace space, ulong start, ulong length, Protection protection)
    {
        if ((start & _profile.OffsetMask) != 0 || !_profile.TryAlignRange(start, length, out ulong end))
            return Errno.EINVAL;
        if ((protection & ~All) != 0)
            return Errno.EINVAL;
        return end == start ? Errno.None : RangeWalk.Run(vm, space, start, end, Errno.EFAULT, (VmFlags)protection, ProtectPart);
    }

    private Errno ProtectPart(VmArea area, ulong start, ulong end, VmFlags access)
    {
        VmFlags flags = access | (area.Flags & ~(VmFlags)All);
        if (!MayHave(flags))
            return Errno.EACCES;
        if (flags == area.Flags)
            return Errno.None;

        // The protection comes from the map alone: whatever a driver had added to it, such as a switched-off cache, is lost.
        PageProtection protection = vm.Protections.For(flags);
        if (!vm.Splitter.Change(area, start, end, flags, protection))
            return Errno.ENOMEM;
        ChangeEntries(area.AddressSpace, start, end, protection.Bits);
        return Errno.None;
    }

    private static bool MayHave(VmFlags flags)
    {
        const int Rights = (int)(VmFlags.Read | VmFlags.Write | VmFlags.Exec | VmFlags.Shared);
        return ((int)flags & ~((int)flags >> MayShift) & Rights) == 0;
    }

    /// <summary>Rewrites the present entries of a range, which keep their frame and what the processor noted (<c>change_protection</c>).</summary>
    private void ChangeEntries(AddressSpace space, ulong start, ulong end, ulong protection)
    {
        for (ulong at = start; at < end;)
        {
            ulong stop = Math.Min(end, vm.Entries.NextTable(at));
            if (vm.Directories.TryFindForChange(space.Directory, at, out ulong location))
                ChangeTable(location, stop - at, protection);
            at = stop;
        }

        space.FlushTlb();
    }

    private void ChangeTable(ulong location, ulong length, ulong protection)
    {
        PageTables tables = vm.Hardware.Tables;
        for (ulong done = 0; done < length; done += (ulong)_profile.PageSize, location += (ulong)_format.EntrySize)
        {
            ulong entry = tables.Read(location);
            if ((entry & _format.Present) != 0)
                tables.Write(location, (entry & _format.ChangeMask) | protection);
        }
    }
}
