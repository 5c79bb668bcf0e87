using MmapAnalyzers.Annotations;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class LinuxKernel
{
    /// <summary>The kernel's own address space (<c>init_mm</c>), whose tables know every <c>vmalloc</c> address.</summary>
    /// <remarks>2.0.40 does not export it to modules: drivers of the time reached it through the task with pid 0.</remarks>
    public AddressSpace InitMm => Vm.InitMm;

    /// <summary>The linear address at which page tables know a <c>vmalloc</c> address (<c>VMALLOC_VMADDR</c>).</summary>
    /// <param name="address">The <c>vmalloc</c> address.</param>
    public ulong VmallocVmaddr(KernelAddress address) => (address.Value + Profile.VmallocVmaddrOffset) & Profile.WordMask;

    /// <summary>The top-level entry for a linear address (<c>pgd_offset</c>).</summary>
    /// <param name="space">The address space.</param>
    /// <param name="address">The linear address: a user address, or one from <see cref="VmallocVmaddr"/>.</param>
    public PageDirectoryEntry PgdOffset(AddressSpace space, ulong address)
    {
        using KernelLock.Held held = Lock.Enter();
        ArgumentNullException.ThrowIfNull(space);
        ulong location = _hardware.Tables.PgdLocation(space.Directory, address);
        ulong value = _hardware.Tables.Read(location);
        bool folded = Profile.Levels == 2;
        return new PageDirectoryEntry(new PhysicalAddress(location), value)
        {
            IsNone = !folded && value == 0,
            IsBad = !folded && _hardware.Tables.IsBadTable(value),
        };
    }

    /// <summary>The middle entry for a linear address (<c>pmd_offset</c>): on i386 the top-level entry itself.</summary>
    /// <remarks>The table is read as it is now. Outside of a driver's method another thread can take it away between the steps of a walk.</remarks>
    /// <param name="directory">The top-level entry, which is neither none nor bad.</param>
    /// <param name="address">The linear address.</param>
    /// <exception cref="KernelOopsException">The entry is bad.</exception>
    public PageMiddleDirectoryEntry PmdOffset(PageDirectoryEntry directory, ulong address)
    {
        using KernelLock.Held held = Lock.Enter();
        if (!_hardware.Memory.IsMemory(directory.Location.Value) || (Profile.Levels > 2 && _hardware.Tables.IsBadTable(_hardware.Tables.Read(directory.Location.Value))))
            throw KernelOopsException.Paging(new KernelAddress(directory.Value), (ulong)Profile.PageSize);
        ulong location = _hardware.Tables.PmdLocation(directory.Location.Value, address);
        ulong value = _hardware.Tables.Read(location);
        return new PageMiddleDirectoryEntry(new PhysicalAddress(location), value) { IsBad = _hardware.Tables.IsBadTable(value) };
    }

    /// <summary>The lowest entry for a linear address (<c>*pte_offset</c>).</summary>
    /// <remarks>Below an entry that is none the kernel would read page 0 as a table; so does this.</remarks>
    /// <param name="directory">The middle entry, which is neither none nor bad.</param>
    /// <param name="address">The linear address.</param>
    public PageTableEntry PteOffset(PageMiddleDirectoryEntry directory, ulong address)
    {
        using KernelLock.Held held = Lock.Enter();
        if (directory.IsBad)
            throw KernelOopsException.Paging(new KernelAddress(directory.Value), (ulong)Profile.PageSize);
        return new PageTableEntry(Profile.PageTable, _hardware.Tables.Read(_hardware.Tables.PteLocation(directory.Value, address)));
    }

    /// <summary>The logical address of a place on the bus (<c>phys_to_virt</c>): what <c>remap_page_range</c> takes, for a device as for memory. On i386 the number is the same.</summary>
    /// <param name="physical">The address on the bus.</param>
    public KernelAddress PhysToVirt(PhysicalAddress physical) => new((physical.Value + Profile.PageOffset) & Profile.WordMask);

    /// <summary>The logical address of the page behind an entry (<c>pte_page</c>): for a <c>vmalloc</c> page this, and not the <c>vmalloc</c> address, is what <c>nopage</c> returns.</summary>
    /// <param name="entry">A present entry.</param>
    /// <returns>The address. It comes with no unit of the page.</returns>
    [return: Borrows("page")]
    public KernelAddress PtePage(PageTableEntry entry) => new(entry.Frame.Value + Profile.PageOffset);
}
