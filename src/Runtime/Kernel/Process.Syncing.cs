using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Has a range written back (<c>msync</c>).</summary>
    /// <remarks>
    /// For every area, lowest first, whose <see cref="VmArea.Inode"/> is set and whose table has a <c>sync</c> method: that method, then with
    /// <see cref="MsyncFlags.Sync"/> the object itself (<c>file_fsync</c>). The first error ends the call. Any other area is nothing to do.
    /// </remarks>
    /// <param name="at">The first address, which starts a page.</param>
    /// <param name="length">The bytes, rounded up to pages. Zero is nothing to do.</param>
    /// <param name="flags">How. Both waiting and not waiting is no error in 2.0.</param>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EINVAL"/>: inside a page, the range wraps, or an unknown flag; <see cref="Errno.EFAULT"/>: something was not mapped, all the rest
    /// was synced; or the driver's error.
    /// </exception>
    public void Msync(UserAddress at, ulong length, MsyncFlags flags) => Check("msync", SysMsync(at, length, flags));

    /// <summary>Has a range written back; see <see cref="Msync"/>.</summary>
    /// <param name="address">The first address.</param>
    /// <param name="length">The bytes.</param>
    /// <param name="flags">How.</param>
    /// <returns>0, or the error number made negative.</returns>
    public long SysMsync(UserAddress address, ulong length, MsyncFlags flags) => RunLocked(
        (address, length, flags),
        static (process, call) => Result(process._kernel.Vm.Syncer.Sync(process.AddressSpace, call.address.Value, call.length, call.flags)));
}
