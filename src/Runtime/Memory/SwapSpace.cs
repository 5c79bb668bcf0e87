using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>All swap devices of a machine; a slot is named by the table entry that stands for it (<c>swap_info</c>).</summary>
internal sealed class SwapSpace(MachineHardware hardware)
{
    /// <summary>Devices at most (<c>MAX_SWAPFILES</c>).</summary>
    private const int Capacity = 8;

    private readonly List<SwapDevice> _devices = [];
    private readonly SwapEntryFormat _format = hardware.Profile.PageTable.Swap;

    /// <summary>The slots of all devices, in pages.</summary>
    public int Total { get; private set; }

    /// <summary>The free slots (<c>nr_swap_pages</c>).</summary>
    public int Free
    {
        get
        {
            int free = 0;
            foreach (SwapDevice device in _devices)
                free += device.FreeCount;
            return free;
        }
    }

    /// <summary>Every slot in use, by the entry that names it, with its number of users.</summary>
    public IEnumerable<(ulong Entry, int Users)> Slots =>
        from type in Enumerable.Range(0, _devices.Count)
        from slot in Enumerable.Range(1, _devices[type].Count)
        where _devices[type].UsersOf(slot) != 0
        select (_format.Encode(type, (ulong)slot), _devices[type].UsersOf(slot));

    /// <summary>Puts a device into use (<c>swapon</c>); those added earlier are filled first.</summary>
    /// <returns>Whether there was room in the table of devices.</returns>
    public bool Add(int pages)
    {
        if (_devices.Count == Capacity)
            return false;
        _devices.Add(new SwapDevice(pages, hardware.Profile.PageSize));
        Total += pages;
        return true;
    }

    /// <summary>Takes a free slot, with one user (<c>get_swap_page</c>).</summary>
    /// <returns>Its entry, or 0 when all devices are full.</returns>
    public ulong Take()
    {
        for (int type = 0; type < _devices.Count; type++)
        {
            int slot = _devices[type].Take();
            if (slot != 0)
                return _format.Encode(type, (ulong)slot);
        }

        return 0;
    }

    /// <summary>Whether an entry names a slot in use.</summary>
    public bool IsUsed(ulong entry) => Find(entry)?.IsUsed(_format.OffsetOf(entry)) == true;

    /// <summary>An entry was copied (<c>swap_duplicate</c>); nothing for one that names no slot.</summary>
    public void Hold(ulong entry)
    {
        if (IsUsed(entry))
            Find(entry)!.Hold(_format.OffsetOf(entry));
    }

    /// <summary>An entry is gone (<c>swap_free</c>); nothing for one that names no slot.</summary>
    public void Drop(ulong entry)
    {
        if (IsUsed(entry))
            Find(entry)!.Drop(_format.OffsetOf(entry));
    }

    /// <summary>Writes a page to the slot that an entry names.</summary>
    public void Write(ulong entry, Page page) => Find(entry)!.Write(_format.OffsetOf(entry), hardware.Memory.Frame(page.Number));

    /// <summary>Fills a page from the slot that an entry names.</summary>
    public void Read(ulong entry, Page page) => Find(entry)!.Read(_format.OffsetOf(entry), hardware.Memory.Frame(page.Number));

    private SwapDevice? Find(ulong entry) => _format.TypeOf(entry) is var type && type < _devices.Count ? _devices[type] : null;
}
