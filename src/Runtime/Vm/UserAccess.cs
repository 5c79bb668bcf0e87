using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>How the kernel reaches the memory of the process that it works for (<c>verify_area</c>, <c>memcpy_fromfs</c>, <c>memcpy_tofs</c>).</summary>
internal sealed class UserAccess(VmSystem vm)
{
    /// <summary>Faults of one page before it is given up.</summary>
    private const int FaultLimit = 4;

    private readonly MachineProfile _profile = vm.Profile;

    /// <summary>Looks at the areas of a range, and at nothing else: a page that cannot be had is found out by the copy. A stack grows for it.</summary>
    public Errno Verify(AddressSpace space, VerifyType type, ulong address, ulong size)
    {
        if (size == 0)
            return Errno.None;
        if (vm.MemMap.Injection.ShallFail(Allocation.UserCopy))
            return Errno.EFAULT;
        VmFlags needed = type == VerifyType.Write ? VmFlags.Write : VmFlags.Read;
        VmArea? area = Reach(space, address);
        if (area is null)
            return Errno.EFAULT;
        while ((area.Flags & needed) != 0)
        {
            if (area.High - address >= size)
                return Errno.None;
            if (space.Tree.Next(area) is not { } next || next.Low != area.High)
                return Errno.EFAULT;
            area = next;
        }

        return Errno.EFAULT;
    }

    /// <summary>Copies bytes from the user.</summary>
    public void Read(AddressSpace space, ulong address, Span<byte> destination)
    {
        while (!destination.IsEmpty && TryTranslate(space, address, Access.Load, out ulong physical))
        {
            Span<byte> piece = destination[..PieceOf(address, destination.Length)];
            vm.Hardware.Memory.Read(physical, piece);
            destination = destination[piece.Length..];
            address += (ulong)piece.Length;
        }
    }

    /// <summary>Copies bytes to the user.</summary>
    public void Write(AddressSpace space, ulong address, ReadOnlySpan<byte> source)
    {
        while (!source.IsEmpty && TryTranslate(space, address, Access.Store, out ulong physical))
        {
            ReadOnlySpan<byte> piece = source[..PieceOf(address, source.Length)];
            vm.Hardware.Memory.Write(physical, piece);
            source = source[piece.Length..];
            address += (ulong)piece.Length;
        }
    }

    private int PieceOf(ulong address, int length) => (int)Math.Min((ulong)_profile.PageSize - (address & _profile.OffsetMask), (ulong)length);

    /// <summary>Translates an address, with faults where needed.</summary>
    /// <returns>False when the process is to be killed: there is nothing to go on with.</returns>
    private bool TryTranslate(AddressSpace space, ulong address, Access access, out ulong physical)
    {
        for (int faults = 0; faults < FaultLimit; faults++)
        {
            FaultCode code = vm.Hardware.Mmu.Translate(space.Directory, address, access, out physical);
            if (code == FaultCode.None)
                return true;
            Signal signal = Fault(space, address, access, code);
            if (signal == Signal.SIGSEGV)
                break;
            if (signal != Signal.None)
                (vm.Current.PendingSignal, vm.Current.PendingAddress) = (signal, address);
            if (signal == Signal.SIGKILL)
                return false;
        }

        throw KernelOopsException.Paging(new KernelAddress(address), (ulong)_profile.PageSize);
    }

    private Signal Fault(AddressSpace space, ulong address, Access access, FaultCode code)
    {
        space.Lock();
        try
        {
            Reach(space, address);
            return vm.Faults.Handle(space, address, access, code);
        }
        finally
        {
            space.Unlock();
        }
    }

    /// <summary>The area that an address lies in; a stack grows down to it, wherever the program's stack pointer is.</summary>
    private VmArea? Reach(AddressSpace space, ulong address)
    {
        if (space.Tree.Find(address) is not { } area)
            return null;
        bool reaches = area.Low <= address || ((area.Flags & VmFlags.GrowsDown) != 0 && vm.Stacks.Grow(area, address));
        return reaches ? area : null;
    }
}
