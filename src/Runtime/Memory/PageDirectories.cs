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
    private readonly MemMap _memMap;
    private readonly List<ulong> _user = [];

    public PageDirectories(MachineHardware hardware, MemMap memMap)
    {
        _hardware = hardware;
        _profile = hardware.Profile;
        _tables = hardware.Tables;
        _memMap = memMap;
        Swapper = (ulong)SwapperFrame << _profile.PageShift;
        MapLogicalMemory();
    }

    /// <summary>The kernel's own directory (<c>swapper_pg_dir</c>).</summary>
    public ulong Swapper { get; }

    /// <summary>Makes the directory of a process, its kernel part filled (<c>pgd_alloc</c>).</summary>
    /// <returns>Its physical address, or 0 when memory is exhausted.</returns>
    public ulong Create()
    {
        ulong directory = AllocateTable();
        if (directory == 0)
            return 0;
        int user = _profile.UserEntriesPerPgd * _profile.PageTable.EntrySize;
        _hardware.Memory.Bytes(Swapper, _profile.PageSize)[user..].CopyTo(_hardware.Memory.Bytes(directory, _profile.PageSize)[user..]);
        _user.Add(directory);
        return directory;
    }

    /// <summary>Frees a process's directory and the tables below it; what they map is no concern of this (<c>free_page_tables</c>).</summary>
    public void Free(ulong directory)
    {
        _user.Remove(directory);
        Clear(directory);
        FreeTable(directory, level: 1);
    }

    /// <summary>Frees the tables below a process's directory, which stays (<c>clear_page_tables</c>).</summary>
    public void Clear(ulong directory)
    {
        for (int i = 0; i < _profile.UserEntriesPerPgd; i++)
        {
            ulong location = directory + (ulong)(i * _profile.PageTable.EntrySize);
            FreeTable(_tables.Read(location), _profile.Levels - 1);
            _tables.Write(location, 0);
        }
    }

    /// <summary>Finds the lowest entry for an address and makes the tables above it (<c>pgd_offset</c>, <c>pmd_alloc</c>, <c>pte_alloc</c>).</summary>
    /// <returns>Where the entry stands, or 0 when memory for a table is exhausted.</returns>
    public ulong FindOrMake(ulong directory, ulong address)
    {
        ulong pgd = _tables.PgdLocation(directory, address);
        bool isNew = _tables.Read(pgd) == 0;
        if (_profile.Levels > 2 && !MakeTable(pgd))
            return 0;
        ulong pmd = _tables.PmdLocation(pgd, address);
        if (!MakeTable(pmd))
            return 0;
        if (isNew && directory == Swapper && address >= _profile.TaskSize)
            CopyToProcesses(pgd - Swapper);
        return _tables.PteLocation(_tables.Read(pmd), address);
    }

    private bool MakeTable(ulong location)
    {
        if (_tables.Read(location) != 0)
            return true;
        ulong table = AllocateTable();
        if (table != 0)
            _tables.Write(location, table | _profile.PageTable.Table);
        return table != 0;
    }

    private void CopyToProcesses(ulong offset)
    {
        ulong value = _tables.Read(Swapper + offset);
        foreach (ulong directory in _user)
            _tables.Write(directory + offset, value);
    }

    private ulong AllocateTable() => _memMap.AllocateZeroed() is { } page ? (ulong)page.Number << _profile.PageShift : 0;

    private void FreeTable(ulong entry, int level)
    {
        if (entry == 0)
            return;
        ulong table = _tables.TableOf(entry);
        for (int i = 0; level > 1 && i < _profile.EntriesPerPmd; i++)
            FreeTable(_tables.Read(table + (ulong)(i * _profile.PageTable.EntrySize)), level - 1);
        _memMap.Drop(_memMap[(int)(table >> _profile.PageShift)]);
    }

    // The kernel sees all of memory at its own linear addresses, so that a walk of its tables finds logical addresses too.
    private void MapLogicalMemory()
    {
        ulong flags = _profile.PageTable.Present | _profile.PageTable.Writable | _profile.PageTable.Accessed | _profile.PageTable.Dirty;
        for (ulong physical = 0; physical < _hardware.Memory.Size; physical += (ulong)_profile.PageSize)
        {
            ulong location = FindOrMake(Swapper, _profile.VmallocVmaddrOffset + _profile.PageOffset + physical);
            if (location == 0)
                throw new ArgumentOutOfRangeException("memorySize", "The memory is too small for the kernel's own page tables.");
            _tables.Write(location, physical | flags);
        }
    }
}
