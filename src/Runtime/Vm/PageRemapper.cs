using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Fills entries without asking any area (<c>remap_page_range</c>, <c>io_remap_page_range</c>, <c>zeromap_page_range</c>).</summary>
internal sealed class PageRemapper(VmSystem vm)
{
    private readonly MachineProfile _profile = vm.Profile;
    private readonly PageTables _tables = vm.Hardware.Tables;

    /// <summary>Maps memory that nobody counts, one page of the object after the other: devices and reserved pages.</summary>
    public Errno Remap(AddressSpace space, ulong from, ulong offset, ulong size, ulong protection)
    {
        Errno result = Fill(space, from, size, "remap_page_range", done => UncountedEntry((offset + done) & _profile.WordMask, protection));
        vm.MappingAuditor.Remapped(from, (offset - _profile.PageOffset) & _profile.WordMask, size, leavesMemoryOut: true, result);
        return result;
    }

    /// <summary>Maps a device by its bus address, memory or not; the entries get the bits of devices.</summary>
    public Errno IoRemap(AddressSpace space, ulong from, ulong physical, ulong size)
    {
        ulong bits = _profile.PageTable.Uncached.Give(_profile.PageTable.SharedProtection);
        Errno result = Fill(space, from, size, "io_remap_page_range", done => _profile.PageTable.Entry(_profile.PageStart(physical + done), bits));
        vm.MappingAuditor.Remapped(from, physical, size, leavesMemoryOut: false, result);
        return result;
    }

    /// <summary>Maps the page of zeros, write-protected, so that a private write is a copy.</summary>
    public Errno Zeromap(AddressSpace space, ulong from, ulong size, ulong protection)
    {
        ulong entry = _profile.PageTable.Writable.Take(_profile.PageTable.Entry(vm.ZeroPage, protection));
        return Fill(space, from, size, "zeromap_page_range", _ => entry);
    }

    private Errno Fill(AddressSpace space, ulong from, ulong size, string function, Func<ulong, ulong> entry)
    {
        if (size == 0)
            return Errno.None;
        if (from >= _profile.TaskSize || size > _profile.TaskSize - from)
            throw new KernelOopsException($"{function} of {from:x8}+{size:x} would overwrite the kernel's own page tables");
        for (ulong done = 0; done < size; done += (ulong)_profile.PageSize)
        {
            ulong location = vm.Directories.FindOrMake(space.Directory, from + done);
            if (location == 0)
                return Errno.ENOMEM;
            Replace(space, from + done, location, entry(done));
        }

        return Errno.None;
    }

    /// <summary>The entry for an object. Ordinary memory gets none, and nobody is told: a later touch is a fault like any other.</summary>
    private ulong UncountedEntry(ulong offset, ulong protection) =>
        vm.MemMap.Find(offset) is { IsReserved: false } ? 0 : _profile.PageTable.Entry((offset - _profile.PageOffset) & _profile.WordMask, protection);

    /// <summary>Overwrites an entry. A page that it held is free at once, and the very next table may be made of it: nobody may store there any more.</summary>
    private void Replace(AddressSpace space, ulong address, ulong location, ulong entry)
    {
        ulong old = _tables.Read(location);
        _tables.Write(location, entry);
        if (old == 0)
            return;
        space.FlushTlb(address);
        vm.Gate.Printk("forget_pte: old mapping existed!");
        vm.Entries.Release(space, old);
    }
}
