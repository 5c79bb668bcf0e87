using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Maps memory that nobody counts: devices and reserved pages (<c>remap_page_range</c>).</summary>
internal sealed class PageRemapper(VmSystem vm)
{
    private readonly MachineProfile _profile = vm.Profile;
    private readonly PageTables _tables = vm.Hardware.Tables;

    /// <summary>Fills the entries of a range, one page of the object after the other; no area is consulted.</summary>
    public Errno Remap(AddressSpace space, ulong from, ulong offset, ulong size, ulong protection)
    {
        if (size == 0)
            return Errno.None;
        if (from >= _profile.TaskSize || size > _profile.TaskSize - from)
            throw new KernelOopsException($"remap_page_range of {from:x8}+{size:x} would overwrite the kernel's own page tables");
        ulong end = from + size;
        for (ulong at = from; at < end; at += (ulong)_profile.PageSize)
        {
            ulong location = vm.Directories.FindOrMake(space.Directory, at);
            if (location == 0)
                return Finish(space, Errno.ENOMEM);
            RemapPage(space, location, offset & _profile.WordMask, protection);
            offset += (ulong)_profile.PageSize;
        }

        return Finish(space, Errno.None);
    }

    private static Errno Finish(AddressSpace space, Errno result)
    {
        space.FlushTlb();
        return result;
    }

    private void RemapPage(AddressSpace space, ulong location, ulong offset, ulong protection)
    {
        ulong old = _tables.Read(location);
        bool uncounted = vm.MemMap.Find(offset) is not { IsReserved: false };

        // Ordinary memory gets no entry, and nobody is told: a later touch is a fault like any other.
        _tables.Write(location, uncounted ? (offset - _profile.PageOffset) | protection : 0);
        if (old == 0)
            return;
        vm.Gate.Printk("forget_pte: old mapping existed!");
        vm.Entries.Release(space, old);
    }
}
