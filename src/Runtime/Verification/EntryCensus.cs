using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>What the page tables of all processes hold, and the frames of the tables themselves.</summary>
/// <remarks>Tables that processes share since a fork count once for each of them, for that is how the pages are counted.</remarks>
internal sealed class EntryCensus
{
    private readonly MachineProfile _profile;
    private readonly PageTables _tables;
    private readonly MemMap _memMap;

    public EntryCensus(LinuxKernel kernel)
    {
        _profile = kernel.Profile;
        _tables = kernel.Hardware.Tables;
        _memMap = kernel.MemMap;
        PageEntries = new int[_memMap.Count];
        foreach (AddressSpace space in kernel.Spaces)
        {
            var seen = new List<(ulong Address, ulong Value)>();
            Walk(space.Directory, _profile.UserEntriesPerPgd, seen);
            Entries.Add(space, seen);
        }

        int kernelEntries = _profile.PgdSize / _profile.PageTable.EntrySize;
        Walk(kernel.Vm.Directories.Swapper, kernelEntries, seen: null);
        foreach (ulong reserve in kernel.Vm.Directories.Shared.Reserves)
            AddTable(reserve);
    }

    /// <summary>The entries of each address space that are not empty, by ascending address.</summary>
    public Dictionary<AddressSpace, List<(ulong Address, ulong Value)>> Entries { get; } = [];

    /// <summary>How many entries show each frame of memory.</summary>
    public int[] PageEntries { get; }

    /// <summary>The frames that hold tables.</summary>
    public HashSet<int> TableFrames { get; } = [];

    /// <summary>Whether an entry shows a page that it must be counted for.</summary>
    public bool IsCounted(ulong entry) => PageOf(entry) is { IsReserved: false };

    private void Walk(ulong directory, int count, List<(ulong Address, ulong Value)>? seen)
    {
        AddTable(directory);
        for (int i = 0; i < count; i++)
        {
            ulong value = _tables.Read(directory + (ulong)(i * _profile.PageTable.EntrySize));
            ulong address = (ulong)i << _profile.PgdirShift;
            if (value == 0)
                continue;
            if (_profile.Levels == 2)
                WalkLowest(value, address, seen);
            else
                WalkMiddle(value, address, seen);
        }
    }

    private void WalkMiddle(ulong directoryEntry, ulong address, List<(ulong Address, ulong Value)>? seen)
    {
        ulong table = _tables.TableOf(directoryEntry);
        AddTable(table);
        for (int i = 0; i < _profile.EntriesPerPmd; i++)
        {
            ulong value = _tables.Read(table + (ulong)(i * _profile.PageTable.EntrySize));
            if (value != 0)
                WalkLowest(value, address + ((ulong)i << _profile.PmdShift), seen);
        }
    }

    private void WalkLowest(ulong middleEntry, ulong address, List<(ulong Address, ulong Value)>? seen)
    {
        ulong table = _tables.TableOf(middleEntry);
        AddTable(table);
        for (int i = 0; seen is not null && i < _profile.EntriesPerPte; i++)
        {
            ulong value = _tables.Read(table + (ulong)(i * _profile.PageTable.EntrySize));
            if (value == 0)
                continue;
            seen.Add((address + ((ulong)i << _profile.PageShift), value));
            if (PageOf(value) is { } page)
                PageEntries[page.Number]++;
        }
    }

    private Page? PageOf(ulong entry)
    {
        ulong number = _profile.PageTable.Frame(entry) >> _profile.PageShift;
        return (entry & _profile.PageTable.Present) != 0 && number < (ulong)_memMap.Count ? _memMap.Pages[(int)number] : null;
    }

    private void AddTable(ulong physical) => TableFrames.Add((int)(physical >> _profile.PageShift));
}
