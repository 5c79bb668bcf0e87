using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Tables of the lowest level that parent and child go on using together after a fork, until one of them changes an entry.</summary>
/// <remarks>
/// 2.0.40 copies every table at fork. Here the frame for the copy is taken at fork, so that memory runs out where it would there, and filled when it is
/// first needed. Accessed and dirty bits are common until then. Nobody else sees the difference: counts of pages are raised at fork.
/// </remarks>
internal sealed class SharedTables(MachineHardware hardware, TableAllocator allocator)
{
    private readonly PageTables _tables = hardware.Tables;
    private readonly int _size = hardware.Profile.PteTableSize;

    // The frames kept for the copies of every table that has more than one user: one less than it has users.
    private readonly Dictionary<ulong, Stack<ulong>> _reserves = [];

    /// <summary>Whether tables of the lowest level fill their frame: smaller ones are copied at once.</summary>
    public bool CanShare { get; } = hardware.Profile.PteTableSize == hardware.Profile.PageSize;

    /// <summary>The frames that are kept for copies.</summary>
    public IEnumerable<ulong> Reserves => _reserves.Values.SelectMany(reserves => reserves);

    /// <summary>Lets the entry at <paramref name="target"/>, which is none, point to the table of the one at <paramref name="source"/>.</summary>
    /// <returns>Whether there was memory for the copy that one of the two will need.</returns>
    public bool Share(ulong source, ulong target)
    {
        ulong reserve = allocator.AllocateUncleared(_size);
        if (reserve == 0)
            return false;
        ulong entry = _tables.Read(source);
        ulong table = _tables.TableOf(entry);
        if (!_reserves.TryGetValue(table, out Stack<ulong>? reserves))
            _reserves[table] = reserves = [];
        reserves.Push(reserve);
        _tables.Write(target, entry);
        return true;
    }

    /// <summary>Makes the table that an entry points to the entry's own, so that it may be changed.</summary>
    public void Unshare(ulong location)
    {
        if (_reserves.Count == 0)
            return;
        ulong table = _tables.TableOf(_tables.Read(location));
        if (TakeReserve(table) is not { } own)
            return;
        hardware.Memory.Bytes(table, _size).CopyTo(hardware.Memory.Bytes(own, _size));
        _tables.Write(location, hardware.Profile.PageTable.TableEntry(own));
    }

    /// <summary>Frees the table that an entry points to, or the frame kept for its copy while others use it.</summary>
    public void Free(ulong entry)
    {
        ulong table = _tables.TableOf(entry);
        allocator.Free(TakeReserve(table) ?? table, _size);
    }

    private ulong? TakeReserve(ulong table)
    {
        if (!_reserves.TryGetValue(table, out Stack<ulong>? reserves))
            return null;
        ulong reserve = reserves.Pop();
        if (reserves.Count == 0)
            _reserves.Remove(table);
        return reserve;
    }
}
