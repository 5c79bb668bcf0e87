using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>The top-level tables of the kernel and of every process, and the tables below them.</summary>
/// <remarks>The upper part of every directory is the kernel's: a new kernel entry is copied into all of them (<c>set_pgdir</c>).</remarks>
internal sealed class PageDirectories
{
    private const int SwapperFrame = 1;

    private readonly MachineHardware _hardware;
    private readonly MachineProfile _profile;
    private readonly PageTables _tables;
    private readonly TableAllocator _allocator;
    private readonly HashSet<ulong> _user = [];

    public PageDirectories(MachineHardware hardware, MemMap memMap)
    {
        _hardware = hardware;
        _profile = hardware.Profile;
        _tables = hardware.Tables;
        _allocator = new TableAllocator(hardware, memMap);
        Shared = new SharedTables(hardware, _allocator);
        Swapper = (ulong)SwapperFrame << _profile.PageShift;
        if (_profile.MapsLogicalMemory)
            MapLogicalMemory();
    }

    /// <summary>The kernel's own directory (<c>swapper_pg_dir</c>).</summary>
    public ulong Swapper { get; }

    /// <summary>The tables that several processes use.</summary>
    public SharedTables Shared { get; }

    /// <summary>Makes the directory of a process, its kernel part filled (<c>pgd_alloc</c>).</summary>
    /// <returns>Its physical address, or 0 when memory is exhausted.</returns>
    public ulong Create()
    {
        ulong directory = _allocator.Allocate(_profile.PgdSize);
        if (directory == 0)
            return 0;
        int user = _profile.UserEntriesPerPgd * _profile.PageTable.EntrySize;
        _hardware.Memory.Bytes(Swapper, _profile.PgdSize)[user..].CopyTo(_hardware.Memory.Bytes(directory, _profile.PgdSize)[user..]);
        _user.Add(directory);
        return directory;
    }

    /// <summary>Frees a process's directory and the tables below it; what they map is no concern of this (<c>free_page_tables</c>).</summary>
    public void Free(ulong directory)
    {
        _user.Remove(directory);
        FreeTablesBelow(directory, _profile.UserEntriesPerPgd, _profile.Levels - 1);
        _allocator.Free(directory, _profile.PgdSize);
    }

    /// <summary>Frees the tables below a process's directory, which stays (<c>clear_page_tables</c>).</summary>
    public void Clear(ulong directory)
    {
        FreeTablesBelow(directory, _profile.UserEntriesPerPgd, _profile.Levels - 1);
        _hardware.Memory.Bytes(directory, _profile.UserEntriesPerPgd * _profile.PageTable.EntrySize).Clear();
    }

    /// <summary>Finds the lowest entry for an address, for changing it, and makes the tables above it (<c>pgd_offset</c>, <c>pmd_alloc</c>, <c>pte_alloc</c>).</summary>
    /// <returns>Where the entry stands, or 0 when memory for a table is exhausted.</returns>
    public ulong FindOrMake(ulong directory, ulong address)
    {
        ulong pmd = FindOrMakeMiddle(directory, address);
        if (pmd == 0)
            return 0;
        bool isNew = _tables.Read(pmd) == 0;
        if (!MakeTable(pmd, _profile.PteTableSize))
            return 0;
        if (!isNew)
            Shared.Unshare(pmd);
        else if (directory == Swapper && address >= _profile.TaskSize)
            CopyToProcesses(_tables.PgdLocation(directory, address) - Swapper);
        return _tables.PteLocation(_tables.Read(pmd), address);
    }

    /// <summary>Finds the middle entry for an address and makes the table that it stands in.</summary>
    /// <returns>Where the entry stands, or 0 when memory for a table is exhausted.</returns>
    public ulong FindOrMakeMiddle(ulong directory, ulong address)
    {
        ulong pgd = _tables.PgdLocation(directory, address);
        if (_profile.Levels > 2 && !MakeTable(pgd, _profile.PmdTableSize))
            return 0;
        return _tables.PmdLocation(pgd, address);
    }

    /// <summary>Finds the lowest entry for an address, for changing it, without making tables.</summary>
    /// <returns>Whether all tables above it exist.</returns>
    public bool TryFindForChange(ulong directory, ulong address, out ulong location)
    {
        location = 0;
        ulong pmd = _tables.FindMiddle(directory, address);
        if (pmd == 0 || _tables.Read(pmd) == 0)
            return false;
        Shared.Unshare(pmd);
        location = _tables.PteLocation(_tables.Read(pmd), address);
        return true;
    }

    private bool MakeTable(ulong location, int size)
    {
        if (_tables.Read(location) != 0)
            return true;
        ulong table = _allocator.Allocate(size);
        if (table != 0)
            _tables.Write(location, _profile.PageTable.TableEntry(table));
        return table != 0;
    }

    private void CopyToProcesses(ulong offset)
    {
        ulong value = _tables.Read(Swapper + offset);
        foreach (ulong directory in _user)
            _tables.Write(directory + offset, value);
    }

    private void FreeTablesBelow(ulong table, int entries, int level)
    {
        for (int i = 0; i < entries; i++)
        {
            ulong entry = _tables.Read(table + (ulong)(i * _profile.PageTable.EntrySize));
            if (entry == 0)
                continue;
            if (level == 1)
            {
                Shared.Free(entry);
                continue;
            }

            FreeTablesBelow(_tables.TableOf(entry), _profile.EntriesPerPmd, level - 1);
            _allocator.Free(_tables.TableOf(entry), _profile.PmdTableSize);
        }
    }

    // The kernel sees all of memory at its own linear addresses, so that a walk of its tables finds logical addresses too.
    private void MapLogicalMemory()
    {
        for (ulong physical = 0; physical < _hardware.Memory.Size; physical += (ulong)_profile.PageSize)
        {
            ulong location = FindOrMake(Swapper, _profile.VmallocVmaddrOffset + _profile.PageOffset + physical);
            if (location == 0)
                throw new ArgumentOutOfRangeException("memorySize", "The memory is too small for the kernel's own page tables.");
            _tables.Write(location, _profile.PageTable.Entry(physical, _profile.PageTable.KernelProtection));
        }
    }
}
