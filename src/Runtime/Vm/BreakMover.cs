using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Moves the end of a program's data (<c>brk</c>).</summary>
internal sealed class BreakMover(VmSystem vm)
{
    private readonly MachineProfile _profile = vm.Profile;

    /// <summary>Moves the break; whatever stands in the way leaves it where it is.</summary>
    /// <returns>The break now.</returns>
    public ulong Move(AddressSpace space, ulong end)
    {
        if (end < space.CodeEnd || end > _profile.WordMask)
            return space.Break;
        ulong newEnd = _profile.PageAlign(end);
        ulong oldEnd = _profile.PageAlign(space.Break);
        if (newEnd == oldEnd)
            return space.Break = end;
        if (end > space.Break)
            return TryGrow(space, end, oldEnd, newEnd) ? space.Break = end : space.Break;

        // Shrinking is always allowed.
        return vm.Unmapper.Unmap(space, newEnd, oldEnd - newEnd) == Errno.ENOMEM ? space.Break : space.Break = end;
    }

    private bool TryGrow(AddressSpace space, ulong end, ulong oldEnd, ulong newEnd)
    {
        if (newEnd < oldEnd || end - space.CodeEnd > vm.Current.Limits[Resource.Data])
            return false;

        // A page above the new end must be free as well.
        if (space.Tree.Find(oldEnd) is { } area && area.Low < newEnd + (ulong)_profile.PageSize)
            return false;
        if (!vm.Estimate.Suffices(space.Pages(newEnd - oldEnd)))
            return false;
        const Protection Everything = Protection.ReadWrite | Protection.Exec;
        const MapFlags Here = MapFlags.Fixed | MapFlags.Private;
        return vm.Mapper.Map(space, null, oldEnd, newEnd - oldEnd, Everything, Here, 0, out _) == Errno.None;
    }
}
