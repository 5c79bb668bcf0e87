using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The areas that shared segments are attached to: the calls that make and end them, and their methods (<c>shm_vm_ops</c>).</summary>
internal sealed class SharedAttachments
{
    private readonly VmSystem _vm;
    private readonly MachineProfile _profile;
    private readonly SharedMemory _segments;
    private readonly SharedPages _pages;
    private readonly VmOperations _operations;

    public SharedAttachments(VmSystem vm, SharedMemory segments, SharedPages pages)
    {
        _vm = vm;
        _profile = vm.Profile;
        _segments = segments;
        _pages = pages;
        _operations = new VmOperations { Open = Open, Close = Close, Swapin = pages.SwapIn };
    }

    /// <summary>Maps a segment (<c>sys_shmat</c>).</summary>
    public Errno Attach(AddressSpace space, int id, ulong hint, ShmFlags flags, int user, out ulong address)
    {
        address = hint;
        if (_segments.Find(id) is not { } segment)
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
        if (Map(space, area))
            segment.Areas.Add(area);
        else
            error = Errno.ENOMEM;
        if (error != Errno.None)
            _segments.DropAttachment(segment);
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

    /// <summary>Unmaps what was there and inserts the area (<c>shm_map</c>).</summary>
    /// <returns>Whether the process may have it and memory for its tables sufficed; if not, the area is gone.</returns>
    private bool Map(AddressSpace space, VmArea area)
    {
        (ulong start, ulong length) = (area.Low, area.Length);
        if (_vm.Unmapper.Unmap(space, start, length) == Errno.ENOMEM || !_vm.Mapper.MayGrow(space, area.Flags, length))
        {
            _vm.Areas.Free(area);
            return false;
        }

        space.TotalPages += space.Pages(length);
        space.Insert(area);
        _vm.Mapper.Merge(space, start, start + length);
        bool filled = Fill(space, area, start, length);
        space.FlushTlb();

        // 2.0.40 frees the area although the process still has it.
        if (!filled && (_vm.Defects & KernelDefects.ShmMapFailureFreesLinkedArea) == 0)
            Remove(space, area);
        return filled;
    }

    /// <summary>Notes in every entry which page of the segment belongs there.</summary>
    private bool Fill(AddressSpace space, VmArea area, ulong start, ulong length)
    {
        for (ulong done = 0; done < length; done += (ulong)_profile.PageSize)
        {
            ulong location = _vm.Directories.FindOrMake(space.Directory, start + done);
            if (location == 0)
                return false;
            _vm.Hardware.Tables.Write(location, _pages.EntryFor(area, done));
        }

        return true;
    }

    private void Remove(AddressSpace space, VmArea area)
    {
        space.Tree.Remove(area);
        _vm.Entries.Zap(space, area.Low, area.Length);
        space.TotalPages -= space.Pages(area.Length);
        _vm.Areas.Free(area);
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
        _segments.DropAttachment(segment);
    }

    private SharedSegment? SegmentOf(VmArea area) => _segments.Find(_pages.SlotOf(area.Signature));
}
