using System.Runtime.CompilerServices;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>Reads and writes the entries of page tables, which stand in frames of memory like everything else.</summary>
internal sealed class PageTables(PhysicalMemory memory, MachineProfile profile)
{
    private readonly PageTableFormat _format = profile.PageTable;
    private readonly ulong _pgdMask = (ulong)(profile.PgdSize / profile.PageTable.EntrySize) - 1;
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
        directory + (((address >> profile.PgdirShift) & _pgdMask) * (ulong)_format.EntrySize);

    /// <summary>Where the middle entry stands; a folded level is the top-level entry itself.</summary>
    public ulong PmdLocation(ulong pgdLocation, ulong address) => profile.Levels == 2
        ? pgdLocation
        : TableOf(Read(pgdLocation)) + (((address >> profile.PmdShift) & (ulong)(profile.EntriesPerPmd - 1)) * (ulong)_format.EntrySize);

    /// <summary>Where the lowest entry stands, given the middle one.</summary>
    public ulong PteLocation(ulong pmdValue, ulong address) =>
        TableOf(pmdValue) + (((address >> profile.PageShift) & (ulong)(profile.EntriesPerPte - 1)) * (ulong)_format.EntrySize);

    /// <summary>Finds the middle entry for an address without making tables.</summary>
    /// <returns>Where it stands, or 0 when the table that it would stand in does not exist.</returns>
    public ulong FindMiddle(ulong directory, ulong address)
    {
        ulong pgd = PgdLocation(directory, address);
        return Read(pgd) == 0 ? 0 : PmdLocation(pgd, address);
    }

    /// <summary>Finds the lowest entry for an address, for reading it or marking it as used, without making tables.</summary>
    /// <remarks>The table may be another process's as well: who changes what an entry maps asks the directories for it.</remarks>
    /// <returns>Whether all tables above it exist.</returns>
    public bool TryFind(ulong directory, ulong address, out ulong location)
    {
        location = 0;
        ulong middle = FindMiddle(directory, address);
        ulong value = middle == 0 ? 0 : Read(middle);
        if (value == 0)
            return false;
        location = PteLocation(value, address);
        return true;
    }

    /// <summary>The table that an entry of an upper level points to.</summary>
    public ulong TableOf(ulong entry) => _format.Table(entry);

    /// <summary>Whether an entry of an upper level is neither none nor a table that exists.</summary>
    public bool IsBadTable(ulong entry) => entry != 0 && ((entry & _format.TablePresent) == 0 || !memory.IsMemory(TableOf(entry)));
}
