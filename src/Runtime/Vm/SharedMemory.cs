using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>System V shared memory (<c>ipc/shm.c</c>): segments, and the calls that make, attach and remove them.</summary>
internal sealed class SharedMemory
{
    /// <summary>Pages of all segments at most (<c>SHMALL</c>).</summary>
    private const int MostPages = 1 << 22;

    private readonly VmSystem _vm;
    private readonly MachineProfile _profile;
    private readonly SharedPages _pages;
    private readonly SharedSegment?[] _segments = new SharedSegment?[SharedSegment.Capacity];
    private readonly VmOperations _operations;
    private int _sequence;
    private int _totalPages;

    public SharedMemory(VmSystem vm)
    {
        _vm = vm;
        _profile = vm.Profile;
        _pages = new SharedPages(vm, _segments);
        _operations = new VmOperations { Open = Open, Close = Close, Swapin = _pages.SwapIn };
    }

    public IReadOnlyList<SharedSegment> Segments => Array.FindAll(_segments, segment => segment is not null)!;

    /// <summary>Swaps one page of some segment out (<c>shm_swap</c>).</summary>
    public bool SwapOutPage() => _pages.SwapOutPage();

    /// <summary>Finds or makes a segment (<c>sys_shmget</c>).</summary>
    public Errno Get(int key, ulong size, ShmFlags flags, int user, out int id)
    {
        id = 0;
        if (size > _profile.SharedMemoryMaximum)
            return Errno.EINVAL;
        if (key == 0 || Array.Find(_segments, segment => segment?.Key == key) is not { } found)
            return key == 0 || (flags & ShmFlags.Create) != 0 ? Make(key, size, flags, user, out id) : Errno.ENOENT;
        if ((flags & (ShmFlags.Create | ShmFlags.Exclusive)) == (ShmFlags.Create | ShmFlags.Exclusive))
            return Errno.EEXIST;
        if (found.IsDoomed)
            return Errno.EIDRM;
        if (size > found.Size)
            return Errno.EINVAL;
        id = found.Id;
        return found.AllowsMode(user, (int)flags) ? Errno.None : Errno.EACCES;
    }

    /// <summary>Maps a segment (<c>sys_shmat</c>).</summary>
    public Errno Attach(AddressSpace space, int id, ulong hint, ShmFlags flags, int user, out ulong address)
    {
        address = hint;
        if (id < 0 || _segments[id % SharedSegment.Capacity] is not { } segment)
            return Errno.EINVAL;
        ulong length = (ulong)segment.Entries.Length << _profile.PageShift;
        Errno error = ChooseAddress(space, length, flags, ref address);
        if (error != Errno.None)
            return error;
        bool write = (flags & ShmFlags.ReadOnly) == 0;
        if (!segment.Allows(user, write))
            return Errno.EACCES;
        if (segment.Id != id)
            return Errno.EIDRM;
        if (NewArea(space, segment, address, length, write) is not { } area)
            return Errno.ENOMEM;
        segment.AttachCount++;
        error = Map(space, area, address, length);
        if (error == Errno.None)
            segment.Areas.Add(area);
        else
            Undo(space, segment, area);
        return error;
    }

    /// <summary>Unmaps every piece of the attachment that started at an address (<c>sys_shmdt</c>).</summary>
    public void Detach(AddressSpace space, ulong address)
    {
        foreach (VmArea area in space.Tree.ToList())
        {
            if (area.Operations == _operations && area.Low - area.Offset == address)
                _vm.Unmapper.Unmap(space, area.Low, area.Length);
        }
    }

    /// <summary>Removes, locks or unlocks a segment (<c>sys_shmctl</c>).</summary>
    public Errno Control(int id, ShmCommand command, int user)
    {
        if (id < 0 || command < 0 || _segments[id % SharedSegment.Capacity] is not { } segment)
            return Errno.EINVAL;
        if (segment.Id != id)
            return Errno.EIDRM;
        switch (command)
        {
            case ShmCommand.Remove when !segment.IsOwnedBy(user):
            case ShmCommand.Lock or ShmCommand.Unlock when user != 0:
                return Errno.EPERM;
            case ShmCommand.Remove:
                segment.IsDoomed = true;
                KillIfLast(segment);
                return Errno.None;
            case ShmCommand.Lock or ShmCommand.Unlock when segment.IsLocked != (command == ShmCommand.Lock):
                segment.IsLocked = command == ShmCommand.Lock;
                return Errno.None;
            default:
                return Errno.EINVAL;
        }
    }

    /// <summary>Destroys all segments: the machine is shut down.</summary>
    public void Clear()
    {
        foreach (SharedSegment segment in Segments)
            Kill(segment);
    }

    private Errno Make(int key, ulong size, ShmFlags flags, int user, out int id)
    {
        id = 0;
        int pages = (int)(_profile.PageAlign(size) >> _profile.PageShift);
        if (pages == 0)
            return Errno.EINVAL;
        int slot = Array.IndexOf(_segments, null);
        if (slot < 0 || _totalPages + pages >= MostPages)
            return Errno.ENOSPC;
        id = (_sequence * SharedSegment.Capacity) + slot;
        _segments[slot] = new SharedSegment(id, key, size, pages, flags, user);
        _totalPages += pages;
        return Errno.None;
    }

    private Errno ChooseAddress(AddressSpace space, ulong length, ShmFlags flags, ref ulong address)
    {
        bool remap = (flags & ShmFlags.Remap) != 0;
        if (address == 0)
        {
            address = remap ? 0 : _vm.Mapper.FindUnmapped(space, 0, length);
            return address != 0 ? Errno.None : remap ? Errno.EINVAL : Errno.ENOMEM;
        }

        if ((address & _profile.OffsetMask) != 0 && (flags & ShmFlags.Round) == 0)
            return Errno.EINVAL;
        address = _profile.PageStart(address);
        if (address >= _profile.TaskSize || length > _profile.TaskSize - address)
            return Errno.EINVAL;
        return remap || space.Tree.Find(address) is not { } next || next.Low >= address + length ? Errno.None : Errno.EINVAL;
    }

    private VmArea? NewArea(AddressSpace space, SharedSegment segment, ulong address, ulong length, bool write)
    {
        if (_vm.Areas.Make(space, address, address + length) is not { } area)
            return null;
        area.Signature = _pages.EntryFor(segment.Slot, 0);
        area.Flags = VmFlags.Shm | VmFlags.MayShare | VmFlags.Shared | VmFlags.MayRead | VmFlags.MayExec | VmFlags.Read | VmFlags.Exec |
            (write ? VmFlags.MayWrite | VmFlags.Write : VmFlags.None);
        area.PageProtection = _vm.Protections.For(area.Flags);
        area.Operations = _operations;
        return area;
    }

    /// <summary>Inserts the area and notes in every entry which page of the segment belongs there (<c>shm_map</c>).</summary>
    private Errno Map(AddressSpace space, VmArea area, ulong address, ulong length)
    {
        _vm.Unmapper.Unmap(space, address, length);
        space.TotalPages += space.Pages(length);
        space.Insert(area);
        _vm.Mapper.Merge(space, address, address + length);
        for (ulong done = 0; done < length; done += (ulong)_profile.PageSize)
        {
            ulong location = _vm.Directories.FindOrMake(space.Directory, address + done);
            if (location == 0)
                return Errno.ENOMEM;
            _vm.Hardware.Tables.Write(location, _pages.EntryFor(area, done));
        }

        space.FlushTlb();
        return Errno.None;
    }

    private void Undo(AddressSpace space, SharedSegment segment, VmArea area)
    {
        if ((_vm.Defects & KernelDefects.ShmMapFailureFreesLinkedArea) == 0)
        {
            space.Tree.Remove(area);
            _vm.Entries.Zap(space, area.Low, area.Length);
            space.TotalPages -= space.Pages(area.Length);
            _vm.Areas.Free(area);
        }

        segment.AttachCount--;
        KillIfLast(segment);
    }

    private void Open(VmArea area)
    {
        if (SegmentOf(area) is not { } segment)
            return;
        segment.Areas.Add(area);
        segment.AttachCount++;
    }

    private void Close(VmArea area)
    {
        if (SegmentOf(area) is not { } segment)
            return;
        segment.Areas.Remove(area);
        segment.AttachCount--;
        KillIfLast(segment);
    }

    private SharedSegment? SegmentOf(VmArea area) => _segments[_pages.SlotOf(area.Signature)];

    private void KillIfLast(SharedSegment segment)
    {
        if (segment.AttachCount <= 0 && segment.IsDoomed)
            Kill(segment);
    }

    private void Kill(SharedSegment segment)
    {
        _sequence = (_sequence + 1) % (int.MaxValue / SharedSegment.Capacity);
        _segments[segment.Slot] = null;
        _totalPages -= segment.Entries.Length;
        _pages.Free(segment);
    }
}
