using System.Numerics;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Frames for page tables. Where a table is smaller than a page, several of one size share one.</summary>
internal sealed class TableAllocator(MachineHardware hardware, MemMap memMap)
{
    private readonly MachineProfile _profile = hardware.Profile;
    private readonly Dictionary<int, TablePage> _pages = [];

    // Pages with room for another table, by the size of their tables.
    private readonly Dictionary<int, List<TablePage>> _partial = [];

    /// <summary>Allocates a table of zeros.</summary>
    /// <returns>Its physical address, or 0 when memory is exhausted.</returns>
    public ulong Allocate(int size)
    {
        ulong table = AllocateUncleared(size);
        if (table != 0)
            hardware.Memory.Bytes(table, size).Clear();
        return table;
    }

    /// <summary>Allocates room for a table that will be filled as a whole.</summary>
    /// <returns>Its physical address, or 0 when memory is exhausted.</returns>
    public ulong AllocateUncleared(int size)
    {
        if (memMap.Injection.ShallFail(Allocation.PageTable))
            return 0;
        return size == _profile.PageSize ? AllocatePage() : AllocatePart(size);
    }

    /// <summary>Frees a table that was allocated with the same size.</summary>
    public void Free(ulong table, int size)
    {
        int number = (int)(table >> _profile.PageShift);
        if (size == _profile.PageSize)
        {
            memMap.Drop(memMap[number]);
            return;
        }

        TablePage page = _pages[number];
        if (page.Free == 0)
            Partial(size).Add(page);
        page.Free |= 1u << ((int)(table & _profile.OffsetMask) / size);
        if (page.Free != AllFree(size))
            return;
        Partial(size).Remove(page);
        _pages.Remove(number);
        memMap.Drop(memMap[number]);
    }

    private ulong AllocatePage() => memMap.Allocate() is { } page ? (ulong)page.Number << _profile.PageShift : 0;

    private ulong AllocatePart(int size)
    {
        List<TablePage> partial = Partial(size);
        if (partial.Count == 0)
        {
            ulong fresh = AllocatePage();
            if (fresh == 0)
                return 0;
            var added = new TablePage(fresh) { Free = AllFree(size) };
            _pages[(int)(fresh >> _profile.PageShift)] = added;
            partial.Add(added);
        }

        TablePage page = partial[^1];
        int index = BitOperations.TrailingZeroCount(page.Free);
        page.Free &= page.Free - 1;
        if (page.Free == 0)
            partial.RemoveAt(partial.Count - 1);
        return page.Address + (ulong)(index * size);
    }

    private uint AllFree(int size) => (uint)((1UL << (_profile.PageSize / size)) - 1);

    private List<TablePage> Partial(int size)
    {
        if (!_partial.TryGetValue(size, out List<TablePage>? pages))
            _partial[size] = pages = [];
        return pages;
    }

    /// <summary>A page cut into tables of one size.</summary>
    private sealed class TablePage(ulong address)
    {
        public ulong Address => address;

        /// <summary>A bit for every table that is free.</summary>
        public uint Free { get; set; }
    }
}
