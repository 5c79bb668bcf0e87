using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Locks ranges in memory and unlocks them (<c>mlock</c>, <c>munlock</c>, <c>mlockall</c>, <c>munlockall</c>).</summary>
internal sealed class AreaLocker(VmSystem vm)
{
    private readonly MachineProfile _profile = vm.Profile;

    public Errno Lock(AddressSpace space, ulong start, ulong length)
    {
        if (start > _profile.WordMask || length > _profile.WordMask)
            return Errno.EINVAL;
        ulong widened = Widen(ref start, length);
        return MayLock(space.Pages(widened) + space.LockedPages) ? Change(space, start, widened, VmFlags.Locked) : Errno.ENOMEM;
    }

    public Errno Unlock(AddressSpace space, ulong start, ulong length)
    {
        if (start > _profile.WordMask || length > _profile.WordMask)
            return Errno.EINVAL;
        ulong widened = Widen(ref start, length);
        return Change(space, start, widened, VmFlags.None);
    }

    public Errno LockAll(AddressSpace space, MlockallFlags flags)
    {
        if (flags == 0 || (flags & ~(MlockallFlags.Current | MlockallFlags.Future)) != 0)
            return Errno.EINVAL;
        return MayLock(space.TotalPages) ? ChangeAll(space, flags) : Errno.ENOMEM;
    }

    public Errno UnlockAll(AddressSpace space) => ChangeAll(space, 0);

    /// <summary>Whether so many pages of a process may be locked: not above its limit, nor more than half of memory.</summary>
    private bool MayLock(long pages) =>
        (ulong)pages <= vm.Current.Limits[Resource.LockedMemory] >> _profile.PageShift && pages <= vm.MemMap.Count >> 1;

    /// <summary>Widens a range to whole pages; the length may wrap to zero, as the machine's words do.</summary>
    private ulong Widen(ref ulong start, ulong length)
    {
        ulong widened = _profile.PageAlign(length + (start & _profile.OffsetMask));
        start = _profile.PageStart(start);
        return widened;
    }

    private Errno Change(AddressSpace space, ulong start, ulong length, VmFlags locked)
    {
        if (!vm.Current.IsSuperuser)
            return Errno.EPERM;
        if (!_profile.TryAlignRange(start, length, out ulong end))
            return Errno.EINVAL;
        return end == start ? Errno.None : RangeWalk.Run(vm, space, start, end, Errno.ENOMEM, locked, ChangePart);
    }

    private Errno ChangeAll(AddressSpace space, MlockallFlags flags)
    {
        if (!vm.Current.IsSuperuser)
            return Errno.EPERM;
        space.DefaultFlags = (flags & MlockallFlags.Future) != 0 ? VmFlags.Locked : VmFlags.None;
        VmFlags locked = (flags & MlockallFlags.Current) != 0 ? VmFlags.Locked : VmFlags.None;
        foreach (VmArea area in space.Tree.ToList())
            ChangePart(area, area.Low, area.High, locked);
        vm.Mapper.Merge(space, 0, _profile.TaskSize);
        return Errno.None;
    }

    private Errno ChangePart(VmArea area, ulong start, ulong end, VmFlags locked)
    {
        VmFlags flags = (area.Flags & ~VmFlags.Locked) | locked;
        if (flags == area.Flags)
            return Errno.None;
        if (!vm.Splitter.Change(area, start, end, flags, area.PageProtection))
            return Errno.EAGAIN;
        AddressSpace space = area.AddressSpace;
        long pages = space.Pages(end - start);
        space.LockedPages += locked == VmFlags.None ? -pages : pages;
        if (locked != VmFlags.None && (flags & VmFlags.Read) != 0)
            vm.Faults.TouchAll(space, start, end);
        return Errno.None;
    }
}
