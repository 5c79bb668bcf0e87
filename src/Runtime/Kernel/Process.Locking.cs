using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Locks a range in memory (<c>mlock</c>) and, where it may be read, reads every page, so that <c>nopage</c> is called for those that are not there.</summary>
    /// <remarks>
    /// A part of an area becomes an area of its own, with the calls of <see cref="Mprotect"/>. A signal that the reading earns is raised by the call, with the
    /// range locked.
    /// </remarks>
    /// <param name="at">An address in the first page.</param>
    /// <param name="length">The bytes from there; every page they touch is locked.</param>
    /// <exception cref="KernelException">
    /// <see cref="Errno.ENOMEM"/>: above <see cref="Resource.LockedMemory"/> or half of memory, or something is not mapped, with what lies before it locked;
    /// <see cref="Errno.EPERM"/>: not the superuser; <see cref="Errno.EINVAL"/>: the range wraps; <see cref="Errno.EAGAIN"/>: no memory for the pieces.
    /// The limits are looked at first.
    /// </exception>
    public void Mlock(UserAddress at, ulong length) => Check("mlock", SysMlock(at, length));

    /// <summary>Locks a range in memory; see <see cref="Mlock"/>.</summary>
    /// <param name="address">An address in the first page.</param>
    /// <param name="length">The bytes from there.</param>
    /// <returns>0, or the error number made negative.</returns>
    public long SysMlock(UserAddress address, ulong length) => RunLocked(
        (address, length),
        static (process, call) => process.AfterTouching(process._kernel.Vm.Locker.Lock(process.AddressSpace, call.address.Value, call.length), call.address.Value));

    /// <summary>Unlocks a range (<c>munlock</c>); what is not locked is no error.</summary>
    /// <param name="at">An address in the first page.</param>
    /// <param name="length">The bytes from there.</param>
    /// <exception cref="KernelException">As <see cref="Mlock"/>, the limits aside.</exception>
    public void Munlock(UserAddress at, ulong length) => Check("munlock", SysMunlock(at, length));

    /// <summary>Unlocks a range; see <see cref="Munlock"/>.</summary>
    /// <param name="address">An address in the first page.</param>
    /// <param name="length">The bytes from there.</param>
    /// <returns>0, or the error number made negative.</returns>
    public long SysMunlock(UserAddress address, ulong length) => RunLocked(
        (address, length),
        static (process, call) => Result(process._kernel.Vm.Locker.Unlock(process.AddressSpace, call.address.Value, call.length)));

    /// <summary>Locks what is mapped, what will be mapped, or both (<c>mlockall</c>); see <see cref="Mlock"/> for what locking does.</summary>
    /// <param name="flags">What.</param>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EINVAL"/>: no flag or an unknown one; <see cref="Errno.ENOMEM"/>: all areas together are above <see cref="Resource.LockedMemory"/> or
    /// half of memory; <see cref="Errno.EPERM"/>: not the superuser.
    /// </exception>
    public void Mlockall(MlockallFlags flags) => Check("mlockall", SysMlockall(flags));

    /// <summary>Locks what is mapped, what will be, or both; see <see cref="Mlockall"/>.</summary>
    /// <param name="flags">What.</param>
    /// <returns>0, or the error number made negative.</returns>
    public long SysMlockall(MlockallFlags flags) => RunLocked(
        flags,
        static (process, what) => process.AfterTouching(process._kernel.Vm.Locker.LockAll(process.AddressSpace, what), 0));

    /// <summary>Unlocks everything, and ends the locking of what will be mapped (<c>munlockall</c>).</summary>
    /// <exception cref="KernelException"><see cref="Errno.EPERM"/>: not the superuser.</exception>
    public void Munlockall() => Check("munlockall", SysMunlockall());

    /// <summary>Unlocks everything; see <see cref="Munlockall"/>.</summary>
    /// <returns>0, or the error number made negative.</returns>
    public long SysMunlockall() => RunLocked(0, static (process, _) => Result(process._kernel.Vm.Locker.UnlockAll(process.AddressSpace)));

    /// <summary>Ends a call in which the kernel itself touched pages of the process: a signal that this earned comes first.</summary>
    private long AfterTouching(Errno error, ulong address) =>
        Task.PendingSignal == Signal.None ? Result(error) : throw TakePending(address);
}
