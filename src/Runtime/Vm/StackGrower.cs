using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Lets areas that are stacks grow down to an address below them (<c>expand_stack</c>).</summary>
internal sealed class StackGrower(VmSystem vm)
{
    private readonly MachineProfile _profile = vm.Profile;

    /// <summary>Grows a stack for an access of the program, which must not lie too far below the stack pointer.</summary>
    /// <param name="area">The first area above the address.</param>
    /// <param name="address">The address.</param>
    /// <returns>Whether the area reaches it now.</returns>
    public bool GrowForUser(VmArea area, ulong address) =>
        (area.Flags & VmFlags.GrowsDown) != 0
        && !(_profile.StackSlack is { } slack && address + slack < vm.Current.StackPointer)
        && Grow(area, address);

    /// <summary>Grows a stack whatever the stack pointer is, as an access of the kernel does.</summary>
    /// <param name="area">The first area above the address, which is a stack.</param>
    /// <param name="address">The address.</param>
    /// <returns>Whether the area reaches it now: not when it would pass the limit of a stack or of the address space.</returns>
    public bool Grow(VmArea area, ulong address)
    {
        AddressSpace space = area.AddressSpace;
        address = _profile.PageStart(address);
        ulong growth = area.Low - address;
        ResourceLimits limits = vm.Current.Limits;
        if (area.High - address > limits[Resource.Stack] || space.Bytes(space.TotalPages) + growth > limits[Resource.AddressSpace])
            return false;
        space.Tree.Remove(area);
        area.Low = address;
        area.Offset = (area.Offset - growth) & _profile.WordMask;
        space.Tree.Insert(area);
        space.TotalPages += space.Pages(growth);
        if ((area.Flags & VmFlags.Locked) != 0)
            space.LockedPages += space.Pages(growth);
        return true;
    }
}
