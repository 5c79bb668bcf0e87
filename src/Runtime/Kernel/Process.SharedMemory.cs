using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Finds or makes a segment of shared memory (<c>shmget</c>).</summary>
    /// <param name="key">The name that processes agree on; 0 always makes a segment of its own (<c>IPC_PRIVATE</c>).</param>
    /// <param name="size">The bytes needed.</param>
    /// <param name="flags">Whether to make it, and the mode it gets or must grant.</param>
    /// <returns>The number of the segment.</returns>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EINVAL"/>: no size, too large, or larger than the segment there is; <see cref="Errno.ENOENT"/>: none with this key;
    /// <see cref="Errno.EEXIST"/>: there is one; <see cref="Errno.EIDRM"/>: it is being removed; <see cref="Errno.EACCES"/>: its mode forbids it;
    /// <see cref="Errno.ENOSPC"/>: there are 128 segments, or too many pages in them.
    /// </exception>
    public int Shmget(int key, ulong size, ShmFlags flags) => (int)Check("shmget", SysShmget(key, size, flags));

    /// <summary>Finds or makes a segment of shared memory; see <see cref="Shmget"/>.</summary>
    /// <param name="key">The name.</param>
    /// <param name="size">The bytes needed.</param>
    /// <param name="flags">Whether to make it, and its mode.</param>
    /// <returns>The number of the segment, or the error number made negative.</returns>
    public long SysShmget(int key, ulong size, ShmFlags flags) => Run((key, size, flags), static (process, call) =>
    {
        Errno error = process._kernel.Vm.SharedMemory.Get(call.key, call.size, call.flags, process.UserId, out int id);
        return error == Errno.None ? id : Result(error);
    });

    /// <summary>Maps a segment (<c>shmat</c>). Its pages come when they are touched. A segment that was removed can be attached while others have it.</summary>
    /// <param name="id">The number of the segment.</param>
    /// <param name="at">Where; null lets the kernel choose.</param>
    /// <param name="flags">Whether for reading only, and how the address is meant.</param>
    /// <returns>The first address.</returns>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EINVAL"/>: no such segment, an address inside a page, beyond the user's addresses or in use, or nothing to remap;
    /// <see cref="Errno.EACCES"/>: its mode forbids it; <see cref="Errno.EIDRM"/>: the segment of that number is gone; <see cref="Errno.ENOMEM"/>: no room,
    /// no memory for tables, or more than the limit of the address space.
    /// </exception>
    public UserAddress Shmat(int id, UserAddress at = default, ShmFlags flags = ShmFlags.None) => new((ulong)Check("shmat", SysShmat(id, at, flags)));

    /// <summary>Maps a segment; see <see cref="Shmat"/>.</summary>
    /// <param name="id">The number of the segment.</param>
    /// <param name="at">Where.</param>
    /// <param name="flags">Whether for reading only, and how the address is meant.</param>
    /// <returns>The first address, or the error number made negative.</returns>
    public long SysShmat(int id, UserAddress at, ShmFlags flags) => RunLocked((id, at, flags), static (process, call) =>
    {
        Errno error = process._kernel.Vm.SharedMemory.Attachments.Attach(process.AddressSpace, call.id, call.at.Value, call.flags, process.UserId, out ulong address);
        return error == Errno.None ? (long)address : Result(error);
    });

    /// <summary>Unmaps what is left of an attachment, wherever its pieces are by now (<c>shmdt</c>). Nothing to unmap is no error.</summary>
    /// <param name="at">The address that <see cref="Shmat"/> returned.</param>
    public void Shmdt(UserAddress at) => SysShmdt(at);

    /// <summary>Unmaps what is left of an attachment; see <see cref="Shmdt"/>.</summary>
    /// <param name="at">The address that <see cref="SysShmat"/> returned.</param>
    /// <returns>0, always.</returns>
    public long SysShmdt(UserAddress at) => RunLocked(at, static (process, address) =>
    {
        process._kernel.Vm.SharedMemory.Attachments.Detach(process.AddressSpace, address.Value);
        return 0;
    });

    /// <summary>Removes, locks or unlocks a segment (<c>shmctl</c>). A segment that is attached is destroyed with its last attachment.</summary>
    /// <param name="id">The number of the segment.</param>
    /// <param name="command">What to do.</param>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EINVAL"/>: no such segment or command, or it is locked or unlocked already; <see cref="Errno.EIDRM"/>: the segment of that number is
    /// gone; <see cref="Errno.EPERM"/>: another's segment, or locking by somebody else than the superuser.
    /// </exception>
    public void Shmctl(int id, ShmCommand command) => Check("shmctl", SysShmctl(id, command));

    /// <summary>Removes, locks or unlocks a segment; see <see cref="Shmctl"/>.</summary>
    /// <param name="id">The number of the segment.</param>
    /// <param name="command">What to do.</param>
    /// <returns>0, or the error number made negative.</returns>
    public long SysShmctl(int id, ShmCommand command) => Run(
        (id, command),
        static (process, call) => Result(process._kernel.Vm.SharedMemory.Control(call.id, call.command, process.UserId)));
}
