namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Frees pages that are in use (<c>try_to_free_page</c>): from caches, from shared memory, then from processes in turn (<c>swap_out</c>).</summary>
/// <remarks>Each hand stays where the last search ended, so that the same machine always loses the same pages in the same order.</remarks>
internal sealed class PageStealer(VmSystem vm)
{
    /// <summary>Times that every source is asked: a page gets one pass in which its accessed bit is cleared, and a hand may start in the middle.</summary>
    private const int Rounds = 4;

    private const int Sources = 3;

    /// <summary>Pages taken from one process before it is the next one's turn (<c>SWAP_CLUSTER_MAX</c>).</summary>
    private const int ClusterSize = 32;

    private readonly EntryStealer _entries = new(vm);
    private bool _isStealing;
    private int _source;
    private int _turn;
    private int _left = ClusterSize;

    /// <summary>Caches that give pages up: each is asked for a number of pages and returns how many it freed (<c>shrink_mmap</c>).</summary>
    public List<Func<int, int>> Reclaimers { get; } = [];

    /// <summary>The processes by index, with their address spaces; null behind the last one.</summary>
    public Func<int, (AddressSpace Space, TaskContext Task)?> Victims { get; set; } = static _ => null;

    /// <summary>Frees one page.</summary>
    /// <returns>Whether there was one; never while a page is being stolen already, for a driver's <c>swapout</c> may need memory, too.</returns>
    public bool FreePage()
    {
        if (_isStealing)
            return false;
        _isStealing = true;
        try
        {
            for (int attempt = 0; attempt < Rounds * Sources; attempt++)
            {
                if (FreePageFrom(_source))
                    return true;
                _source = (_source + 1) % Sources;
            }

            return false;
        }
        finally
        {
            _isStealing = false;
        }
    }

    private bool FreePageFrom(int source) => source switch
    {
        0 => ShrinkCaches(),
        1 => vm.SharedMemory.SwapOutPage(),
        _ => StealFromProcesses(),
    };

    private bool ShrinkCaches()
    {
        foreach (Func<int, int> reclaimer in Reclaimers)
        {
            if (reclaimer(1) > 0)
                return true;
        }

        return false;
    }

    private bool StealFromProcesses()
    {
        for (int wraps = 0; wraps < 2;)
        {
            (AddressSpace Space, TaskContext Task)? victim = Victims(_turn);
            _entries.Victim = victim?.Task;
            bool stolen = victim is not null && StealFrom(victim.Value.Space);
            if (stolen && --_left > 0)
                return true;
            _left = ClusterSize;
            _turn++;
            if (stolen)
                return true;
            if (victim is not null)
                continue;
            _turn = 0;
            wraps++;
        }

        return false;
    }

    private bool StealFrom(AddressSpace space)
    {
        ulong hand = space.SwapAddress;
        for (VmArea? area = space.Tree.Find(hand); area is not null; area = space.Tree.Next(area))
        {
            if (StealFrom(area, Math.Max(hand, area.Low)))
                return true;
        }

        space.SwapAddress = 0;
        return false;
    }

    private bool StealFrom(VmArea area, ulong start)
    {
        // Either flag is enough: shared memory is swapped by its segments, and what is locked stays. A child of fork keeps only the first.
        if ((area.Flags & (VmFlags.Shm | VmFlags.Locked)) != 0)
            return false;
        for (ulong at = start; at < area.High;)
        {
            ulong stop = Math.Min(area.High, vm.Entries.NextTable(at));
            if (vm.Directories.TryFindForChange(area.AddressSpace.Directory, at, out ulong location) && StealFromTable(area, at, stop, location))
                return true;
            at = stop;
        }

        return false;
    }

    private bool StealFromTable(VmArea area, ulong start, ulong stop, ulong location)
    {
        for (ulong at = start; at < stop; at += (ulong)vm.Profile.PageSize, location += (ulong)vm.Profile.PageTable.EntrySize)
        {
            area.AddressSpace.SwapAddress = at + (ulong)vm.Profile.PageSize;
            if (_entries.Steal(area, at, location))
                return true;
        }

        return false;
    }
}
