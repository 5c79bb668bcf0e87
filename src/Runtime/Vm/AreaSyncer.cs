using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Has the areas of a range written back (<c>msync</c>).</summary>
internal sealed class AreaSyncer(VmSystem vm)
{
    private const MsyncFlags All = MsyncFlags.Async | MsyncFlags.Invalidate | MsyncFlags.Sync;

    private readonly MachineProfile _profile = vm.Profile;

    /// <summary>Syncs area by area, from below; holes are passed over and reported at the end.</summary>
    public Errno Sync(AddressSpace space, ulong start, ulong length, MsyncFlags flags)
    {
        if ((start & _profile.OffsetMask) != 0 || !_profile.TryAlignRange(start, length, out ulong end) || (flags & ~All) != 0)
            return Errno.EINVAL;
        Errno result = Errno.None;
        while (start < end)
        {
            VmArea? area = space.Tree.Find(start);
            if (area is null)
                return Errno.EFAULT;
            if (start < area.Low)
                result = Errno.EFAULT;
            ulong from = Math.Max(start, area.Low);
            ulong to = Math.Min(end, area.High);
            if (from < to && SyncPart(area, from, to - from, flags) is not Errno.None and var error)
                return error;
            start = Math.Max(to, area.High);
        }

        return result;
    }

    private Errno SyncPart(VmArea area, ulong start, ulong length, MsyncFlags flags)
    {
        if (area is not { Inode: { } inode, Operations.Sync: not null })
            return Errno.None;
        Errno error = vm.Calls.Sync(area, new UserAddress(start), length, NumberOf(flags));
        if (error != Errno.None || (flags & MsyncFlags.Sync) == 0)
            return error;
        return inode.Fsync?.Invoke() ?? Errno.None;
    }

    /// <summary>The flags as the numbers of the architecture, which is what the method sees.</summary>
    private uint NumberOf(MsyncFlags flags)
    {
        FlagNumbers numbers = _profile.Flags;
        uint number = (flags & MsyncFlags.Async) != 0 ? numbers.MsAsync : 0;
        number |= (flags & MsyncFlags.Invalidate) != 0 ? numbers.MsInvalidate : 0;
        return number | ((flags & MsyncFlags.Sync) != 0 ? numbers.MsSync : 0);
    }
}
