using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Makes mappings (<c>do_mmap</c>) and merges neighbours (<c>merge_segments</c>).</summary>
internal sealed class AreaMapper(VmSystem vm)
{
    private const MapFlags TypeMask = (MapFlags)0xf;

    private readonly MachineProfile _profile = vm.Profile;

    /// <summary>Maps a file, or zeros when there is none; the steps and their order are those of 2.0.40.</summary>
    public Errno Map(AddressSpace space, IMappable? file, ulong hint, ulong length, Protection protection, MapFlags flags, ulong offset, out ulong address)
    {
        address = hint;
        bool fitsWord = length <= _profile.WordMask;
        ulong aligned = _profile.PageAlign(length);
        if (fitsWord && aligned == 0)
            return Errno.None;
        if (!fitsWord || aligned > _profile.TaskSize || hint > _profile.TaskSize - aligned)
            return Errno.EINVAL;
        if (offset > _profile.WordMask || offset + aligned > _profile.WordMask)
            return Errno.EINVAL;
        if (!MayLock(space, space.DefaultFlags, aligned))
            return Errno.EAGAIN;
        Errno error = CheckAccess(file, protection, flags);
        if (error == Errno.None)
            error = ChooseAddress(space, aligned, flags, ref address);
        if (error == Errno.None && file is { HasMmap: false })
            error = Errno.ENODEV;
        if (error != Errno.None)
            return error;
        if (vm.Areas.Make(space, address, address + aligned) is not { } area)
            return Errno.ENOMEM;
        area.Flags = AreaFlags(file, protection, flags) | space.DefaultFlags;
        area.Offset = offset;
        area.Module = file?.Module;
        area.PageProtection = vm.Protections.For(area.Flags);
        error = Install(space, file, area);
        if (error != Errno.None)
            vm.Areas.Free(area);
        return error;
    }

    /// <summary>Whether a process may have so many more bytes: below its limit and, where private pages may be written, with memory for them.</summary>
    public bool MayGrow(AddressSpace space, VmFlags flags, ulong growth)
    {
        if (space.Bytes(space.TotalPages) + growth > vm.Current.Limits[Resource.AddressSpace])
            return false;
        return (flags & (VmFlags.Shared | VmFlags.Write)) != VmFlags.Write || vm.Estimate.Suffices(space.Pages(growth));
    }

    /// <summary>Whether so many more bytes with these flags keep a process below its limit of locked memory.</summary>
    public bool MayLock(AddressSpace space, VmFlags flags, ulong growth) =>
        (flags & VmFlags.Locked) == 0 || space.Bytes(space.LockedPages) + growth <= vm.Current.Limits[Resource.LockedMemory];

    /// <summary>The first free range at or above a hint (<c>get_unmapped_area</c>); without a hint the search starts at a third of the space.</summary>
    /// <returns>Its address, or 0.</returns>
    public ulong FindUnmapped(AddressSpace space, ulong hint, ulong length)
    {
        if (length > _profile.TaskSize)
            return 0;
        ulong from = _profile.PageAlign(hint == 0 ? _profile.TaskSize / 3 : hint);
        ulong address = space.Tree.FindGap(from, length);
        return address <= _profile.TaskSize - length ? address : 0;
    }

    /// <summary>Joins areas that touch, are alike and lie around a range; the absorbed one is closed with start equal to end.</summary>
    public void Merge(AddressSpace space, ulong start, ulong end)
    {
        if (space.Tree.FindIn(start, end) is { } first)
            Merge(space, first, end);
    }

    private void Merge(AddressSpace space, VmArea first, ulong end)
    {
        VmArea? left = space.Tree.FindEndingAt(first.Low, first.Flags) ?? first;
        while (left is not null)
        {
            if (space.Tree.FindStartingAt(left.High, left.Flags) is { } right && AreAlike(left, right))
                Absorb(space, left, right);
            else
                left = space.Tree.FindIn(left.High, end);
        }
    }

    private static Errno CheckAccess(IMappable? file, Protection protection, MapFlags flags)
    {
        if (file is null)
            return (flags & TypeMask) == MapFlags.Private ? Errno.None : Errno.EINVAL;
        switch (flags & TypeMask)
        {
            case MapFlags.Shared when (protection & Protection.Write) != 0 && !file.CanWrite:
                return Errno.EACCES;
            case MapFlags.Shared:
            case MapFlags.Private:
                return file.CanRead ? Errno.None : Errno.EACCES;
            default:
                return Errno.EINVAL;
        }
    }

    private static VmFlags AreaFlags(IMappable? file, Protection protection, MapFlags flags)
    {
        var area = (VmFlags)(protection & (Protection.ReadWrite | Protection.Exec));
        area |= (VmFlags)(ushort)(flags & MapFlags.GrowsDown);
        if (file is null || file.CanRead)
            area |= VmFlags.MayRead | VmFlags.MayWrite | VmFlags.MayExec;
        if (file is null || (flags & MapFlags.Shared) == 0)
            return area;
        area |= VmFlags.Shared | VmFlags.MayShare;

        // A file that cannot be written is mapped privately after all; MayShare remembers what was asked for.
        return file.CanWrite ? area : area & ~(VmFlags.MayWrite | VmFlags.Shared);
    }

    private bool AreAlike(VmArea left, VmArea right)
    {
        if (left.Operations != right.Operations || left.Inode != right.Inode || left.Signature != right.Signature)
            return false;
        bool offsetsMatter = right.Inode is not null || (right.Flags & VmFlags.Shm) != 0;
        return !offsetsMatter || ((left.Offset + left.Length) & _profile.WordMask) == right.Offset;
    }

    private Errno ChooseAddress(AddressSpace space, ulong length, MapFlags flags, ref ulong address)
    {
        if ((flags & MapFlags.Fixed) != 0)
            return (address & _profile.OffsetMask) != 0 ? Errno.EINVAL : Errno.None;
        address = FindUnmapped(space, address, length);
        return address == 0 ? Errno.ENOMEM : Errno.None;
    }

    private Errno Install(AddressSpace space, IMappable? file, VmArea area)
    {
        // Whatever was there goes before the driver is asked: a driver that then refuses leaves a hole.
        if (vm.Unmapper.Unmap(space, area.Low, area.Length) == Errno.ENOMEM || !MayGrow(space, area.Flags, area.Length))
            return Errno.ENOMEM;
        if (file is not null && CallMmap(file, area) is not Errno.None and var error)
            return error;
        area.Inode?.Audit.CountLinkByMmap();
        (ulong start, ulong end) = (area.Low, area.High);
        bool locked = (area.Flags & VmFlags.Locked) != 0;
        space.Insert(area);
        space.TotalPages += space.Pages(area.Length);
        Merge(space, area, end);
        if (!locked)
            return Errno.None;
        space.LockedPages += space.Pages(end - start);
        vm.Faults.TouchAll(space, start, end);
        return Errno.None;
    }

    private Errno CallMmap(IMappable file, VmArea area)
    {
        (int Whole, int Failed) before = vm.MappingAuditor.Remaps;
        Errno error = file.Map(area);
        if (error == Errno.None)
            vm.MappingAuditor.MmapSucceeded(area, before);
        else
            vm.MappingAuditor.MmapFailed(area, before);
        return error;
    }

    private void Absorb(AddressSpace space, VmArea left, VmArea right)
    {
        space.Tree.Remove(right);
        space.Tree.SetEnd(left, right.High);
        right.Offset += right.Length;
        right.Low = right.High;
        try
        {
            vm.Calls.Close(right);
        }
        finally
        {
            right.UnlinkInode();
            right.Inode?.Decrement();
            vm.Areas.Free(right);
        }
    }
}
