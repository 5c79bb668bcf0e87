using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class LinuxKernel
{
    /// <summary>Makes the entry that maps a page (<c>mk_pte</c>), as <c>swapin</c> returns it. No count moves.</summary>
    /// <param name="page">The logical address of the page.</param>
    /// <param name="protection">The bits of the entry: the area's.</param>
    public PageTableEntry MakePte(KernelAddress page, PageProtection protection) =>
        new(Profile.PageTable, ((page.Value - Profile.PageOffset) & Profile.PageTable.FrameMask) | protection.Bits);

    /// <summary>Makes an entry that is not present and names no swap slot (<c>SWP_ENTRY</c> of <c>SHM_SWP_TYPE</c>): a note that a driver leaves for its <c>swapin</c>.</summary>
    /// <param name="note">What to remember, 24 bits at most.</param>
    public PageTableEntry MakeSwapNote(uint note)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(note, 0xFFFFFFu);
        return new PageTableEntry(Profile.PageTable, Profile.PageTable.Swap.Encode(SwapEntryFormat.ForeignType, note));
    }

    /// <summary>What <see cref="MakeSwapNote"/> was told (<c>SWP_OFFSET</c>).</summary>
    /// <param name="entry">The entry, as <c>swapin</c> gets it.</param>
    public uint SwapNote(ulong entry) => (uint)Profile.PageTable.Swap.OffsetOf(entry);

    /// <summary>Overwrites the table entry of a user address (<c>set_pte</c>) and forgets its translation. No count moves.</summary>
    /// <param name="space">The address space.</param>
    /// <param name="address">An address in the page.</param>
    /// <param name="entry">What the table shall hold.</param>
    /// <exception cref="KernelOopsException">There is no table for the address.</exception>
    public void SetPte(AddressSpace space, UserAddress address, PageTableEntry entry)
    {
        using KernelLock.Held held = Lock.Enter();
        ArgumentNullException.ThrowIfNull(space);
        if (address.Value >= Profile.TaskSize || !_directories.TryFindForChange(space.Directory, address.Value, out ulong location))
            throw new KernelOopsException($"set_pte at {address}: there is no page table");
        _hardware.Tables.Write(location, entry.Value);
        space.FlushTlb(address.Value);
    }
}
