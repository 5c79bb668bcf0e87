namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>Translates user addresses as the processor does: walks the tables, checks the entry, sets accessed and dirty.</summary>
/// <remarks>On machines whose processor leaves the two bits to the kernel's fault handler, they are set here all the same.</remarks>
internal sealed class Mmu(MachineProfile profile, PageTables tables)
{
    private readonly PageTableFormat _format = profile.PageTable;

    /// <summary>Translates one address for user mode.</summary>
    /// <param name="directory">The physical address of the top-level table.</param>
    /// <param name="address">The address.</param>
    /// <param name="access">What is done with it.</param>
    /// <param name="physical">The bus address, when the result is <see cref="FaultCode.None"/>.</param>
    public FaultCode Translate(ulong directory, ulong address, Access access, out ulong physical)
    {
        physical = 0;
        if (address >= profile.TaskSize)
            return FaultCode.Protection;
        if (!tables.TryFind(directory, address, out ulong location))
            return FaultCode.NotPresent;
        ulong entry = tables.Read(location);
        if ((entry & _format.Present) == 0)
            return FaultCode.NotPresent;
        if (!Needs(access).In(entry))
            return FaultCode.Protection;
        tables.Write(location, entry | _format.Accessed | (access == Access.Store ? _format.Dirty : 0));
        physical = _format.Frame(entry) | (address & profile.OffsetMask);
        return FaultCode.None;
    }

    private EntryBits Needs(Access access) => access switch
    {
        Access.Load => _format.UserLoad,
        Access.Store => _format.UserStore,
        _ => _format.UserFetch,
    };
}
