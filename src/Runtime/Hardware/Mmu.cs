namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>Translates user addresses as the processor does: walks the tables, checks the entry, sets accessed and dirty.</summary>
internal sealed class Mmu(PhysicalMemory memory, MachineProfile profile, PageTables tables, Tlb tlb)
{
    private readonly PageTableFormat _format = profile.PageTable;

    /// <summary>Translates one address for user mode and remembers the page.</summary>
    /// <param name="directory">The physical address of the top-level table.</param>
    /// <param name="context">The translation context of the address space.</param>
    /// <param name="address">The address.</param>
    /// <param name="write">Whether it is a store.</param>
    /// <param name="physical">The bus address, when the result is <see cref="FaultCode.None"/>.</param>
    public FaultCode Translate(ulong directory, uint context, ulong address, bool write, out ulong physical)
    {
        physical = 0;
        if (address >= profile.TaskSize)
            return FaultCode.Protection;
        if (!tables.TryFind(directory, address, out ulong location))
            return FaultCode.NotPresent;
        ulong entry = tables.Read(location);
        if ((entry & _format.Present) == 0)
            return FaultCode.NotPresent;
        if ((entry & _format.User) == 0 || (write && (entry & _format.Writable) == 0))
            return FaultCode.Protection;
        tables.Write(location, entry | _format.Accessed | (write ? _format.Dirty : 0));
        physical = (entry & _format.FrameMask) | (address & profile.OffsetMask);
        if (memory.IsMemory(physical))
            tlb.Fill(context, address, physical, write);
        return FaultCode.None;
    }
}
