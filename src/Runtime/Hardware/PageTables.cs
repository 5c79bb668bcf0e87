using System.Runtime.CompilerServices;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>Reads and writes the entries of page tables, which stand in frames of memory like everything else.</summary>
internal sealed class PageTables(PhysicalMemory memory, MachineProfile profile)
{
    private readonly PageTableFormat _format = profile.PageTable;
    private readonly bool _wide = profile.PageTable.EntrySize == sizeof(ulong);

    public PageTableFormat Format => _format;

    public ulong Read(ulong location)
    {
        ref byte entry = ref memory.At(location);
        return _wide ? Unsafe.ReadUnaligned<ulong>(ref entry) : Unsafe.ReadUnaligned<uint>(ref entry);
    }

    public void Write(ulong location, ulong value)
    {
        ref byte entry = ref memory.At(location);
        if (_wide)
            Unsafe.WriteUnaligned(ref entry, value);
        else
            Unsafe.WriteUnaligned(ref entry, (uint)value);
    }

    /// <summary>Where the top-level entry for an address stands, in the directory at <paramref name="directory"/>.</summary>
    public ulong PgdLocation(ulong directory, ulong address) =>
        directory + (((address >> profile.PgdirShift) & (ulong)(profile.EntriesPerPgd - 1)) * (ulong)_format.EntrySize);

    /// <summary>Where the middle entry stands; a folded level is the top-level entry itself.</summary>
    public ulong PmdLocation(ulong pgdLocation, ulong address) => profile.Levels == 2
        ? pgdLocation
        : TableOf(Read(pgdLocation)) + (((address >> profile.PmdShift) & (ulong)(profile.EntriesPerPmd - 1)) * (ulong)_format.EntrySize);

    /// <summary>Where the lowest entry stands, given the middle one.</summary>
    public ulong PteLocation(ulong pmdValue, ulong address) =>
        TableOf(pmdValue) + (((address >> profile.PageShift) & (ulong)(profile.EntriesPerPte - 1)) * (ulong)_format.EntrySize);

    /// <summary>Finds the lowest entry for an address without making tables.</summary>
    /// <returns>Whether all tables above it exist.</returns>
    public bool TryFind(ulong directory, ulong address, out ulong location)
    {
        location = 0;
        ulong pgd = PgdLocation(directory, address);
        if (Read(pgd) == 0)
            return false;
        ulong pmd = Read(PmdLocation(pgd, address));
        if (pmd == 0)
            return false;
        location = PteLocation(pmd, address);
        return true;
    }

    /// <summary>The table that an entry of an upper level points to.</summary>
    public ulong TableOf(ulong entry) => entry & _format.FrameMask;

    /// <summary>Whether an entry of an upper level is neither none nor a table that exists.</summary>
    public bool IsBadTable(ulong entry) => entry != 0 && ((entry & _format.Present) == 0 || !memory.IsMemory(TableOf(entry)));
}
