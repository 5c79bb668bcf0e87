using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Maps a device, or zeros (<c>mmap</c>, <c>do_mmap</c>). What was mapped at the addresses goes first; then the device's <c>mmap</c> method is called.</summary>
    /// <remarks>
    /// Steps of 2.0.40 that need what is not emulated are left out: mandatory locks, append-only files, denied writing. After <see cref="Mlockall"/> of what
    /// is to come, or when the driver's method sets <see cref="VmFlags.Locked"/>, every page is touched before the call returns, and a signal that this
    /// earns is raised by the call, with the mapping made. A neighbour that is alike is merged: <c>close</c> is then called for the absorbed one.
    /// </remarks>
    /// <param name="length">The bytes, rounded up to pages. Zero maps nothing and succeeds.</param>
    /// <param name="protection">What is allowed.</param>
    /// <param name="flags">Shared or private, and how the address is meant.</param>
    /// <param name="fd">The descriptor; not looked at with <see cref="MapFlags.Anonymous"/>.</param>
    /// <param name="offset">Where in the device to start, in bytes. Only the driver checks it.</param>
    /// <param name="address">A hint, or with <see cref="MapFlags.Fixed"/> an order.</param>
    /// <returns>The first address of the mapping.</returns>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EBADF"/>: not open; <see cref="Errno.EAGAIN"/>: above <see cref="Resource.LockedMemory"/> after <see cref="Mlockall"/>; <see cref="Errno.EINVAL"/>: beyond the user's addresses, offset and length wrap, neither shared nor private,
    /// shared without a file, or a fixed address inside a page; <see cref="Errno.EACCES"/>: the file is not open for this; <see cref="Errno.ENOMEM"/>: no
    /// room, no memory, or above <see cref="Resource.AddressSpace"/>, the last two with what was mapped there gone; <see cref="Errno.ENODEV"/>: the device cannot be mapped; or the driver's error.
    /// </exception>
    public UserAddress Mmap(ulong length, Protection protection, MapFlags flags, int fd = -1, ulong offset = 0, UserAddress address = default) =>
        new((ulong)Check("mmap", SysMmap(address, length, protection, flags, fd, offset)));

    /// <summary>Maps a device, or zeros; see <see cref="Mmap"/>.</summary>
    /// <param name="address">A hint or an order.</param>
    /// <param name="length">The bytes.</param>
    /// <param name="protection">What is allowed.</param>
    /// <param name="flags">Shared or private, and how the address is meant.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="offset">Where in the device to start, in bytes.</param>
    /// <returns>The first address, or the error number made negative.</returns>
    public long SysMmap(UserAddress address, ulong length, Protection protection, MapFlags flags, int fd, ulong offset) => RunLocked(
        (address, length, protection, flags, fd, offset),
        static (process, call) => process.DoMmap(call.address.Value, call.length, call.protection, call.flags, call.fd, call.offset));

    /// <summary>Unmaps a range (<c>munmap</c>, <c>do_munmap</c>); holes are no error.</summary>
    /// <remarks>
    /// For every area, highest first: <c>unmap</c>, its pages, then <c>close</c>. An area of which a piece stays is replaced by copies, each opened
    /// before the original is closed.
    /// </remarks>
    /// <param name="at">The first address, which starts a page.</param>
    /// <param name="length">The bytes, rounded up to pages. Zero is nothing to do.</param>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EINVAL"/>: inside a page, or beyond the user's addresses; <see cref="Errno.ENOMEM"/>: no memory for the pieces that stay, nothing has
    /// changed (with <see cref="KernelDefects.HolePunchLosesArea"/> the call succeeds and the area is lost).
    /// </exception>
    public void Munmap(UserAddress at, ulong length) => Check("munmap", SysMunmap(at, length));

    /// <summary>Unmaps a range; see <see cref="Munmap"/>.</summary>
    /// <param name="address">The first address.</param>
    /// <param name="length">The bytes.</param>
    /// <returns>0, or the error number made negative.</returns>
    public long SysMunmap(UserAddress address, ulong length) => RunLocked(
        (address, length),
        static (process, call) => Result(process._kernel.Vm.Unmapper.Unmap(process.AddressSpace, call.address.Value, call.length)));

    /// <summary>Changes the length of a mapping (<c>mremap</c>).</summary>
    /// <remarks>
    /// Shrinking unmaps the tail. Growing in place calls nobody: the driver's <c>nopage</c> is asked when a new page is touched. Moving calls
    /// <c>open</c> for the new area, then <c>unmap</c> and <c>close</c> for the old one.
    /// </remarks>
    /// <param name="at">The first address, which starts a page.</param>
    /// <param name="oldLength">The bytes it has.</param>
    /// <param name="newLength">The bytes it shall have.</param>
    /// <param name="flags">Whether it may move; other bits are ignored.</param>
    /// <returns>Its first address now.</returns>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EINVAL"/>: inside a page; <see cref="Errno.EFAULT"/>: not mapped, or across the end of an area; <see cref="Errno.EAGAIN"/>: a locked
    /// area would pass <see cref="Resource.LockedMemory"/>; <see cref="Errno.ENOMEM"/>: no room, no memory, or above <see cref="Resource.AddressSpace"/>.
    /// </exception>
    public UserAddress Mremap(UserAddress at, ulong oldLength, ulong newLength, MremapFlags flags = MremapFlags.None) =>
        new((ulong)Check("mremap", SysMremap(at, oldLength, newLength, flags)));

    /// <summary>Changes the length of a mapping; see <see cref="Mremap"/>.</summary>
    /// <param name="address">The first address.</param>
    /// <param name="oldLength">The bytes it has.</param>
    /// <param name="newLength">The bytes it shall have.</param>
    /// <param name="flags">Whether it may move.</param>
    /// <returns>Its first address now, or the error number made negative.</returns>
    public long SysMremap(UserAddress address, ulong oldLength, ulong newLength, MremapFlags flags) => RunLocked(
        (address, oldLength, newLength, flags),
        static (process, call) => process.DoMremap(call.address.Value, call.oldLength, call.newLength, call.flags));

    private long DoMmap(ulong address, ulong length, Protection protection, MapFlags flags, int fd, ulong offset)
    {
        OpenFile? file = null;
        if ((flags & MapFlags.Anonymous) == 0)
        {
            file = _files[fd];
            if (file is null)
                return Result(Errno.EBADF);
        }

        Errno error = _kernel.Vm.Mapper.Map(AddressSpace, file, address, length, protection, flags, offset, out ulong result);
        if (Task.PendingSignal != Signal.None)
            throw TakePending(result);
        return error == Errno.None ? (long)result : Result(error);
    }

    private SignalException TakePending(ulong address)
    {
        Signal signal = Task.PendingSignal;
        Task.PendingSignal = Signal.None;
        return Signalled(signal, address, Access.Load);
    }

    private long DoMremap(ulong address, ulong oldLength, ulong newLength, MremapFlags flags)
    {
        Errno error = _kernel.Vm.Mover.Remap(AddressSpace, address, oldLength, newLength, flags, out ulong result);
        return error == Errno.None ? (long)result : Result(error);
    }
}
