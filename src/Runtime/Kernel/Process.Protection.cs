using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Changes what a range lets the program do (<c>mprotect</c>).</summary>
    /// <remarks>
    /// A part of an area becomes an area of its own: <c>open</c> is called once for a part at one end, and twice, for the piece below and the piece above,
    /// for a part in the middle; each call goes with one more unit of the inode. What is alike afterwards is joined, with <c>close</c> for each area that
    /// is absorbed. Present pages stay, but their entries keep only frame, accessed and dirty: a driver's switched-off cache is lost.
    /// Areas before one that fails keep the change.
    /// </remarks>
    /// <param name="at">The first address, which starts a page.</param>
    /// <param name="length">The bytes, rounded up to pages. Zero is nothing to do.</param>
    /// <param name="protection">What is allowed from now on.</param>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EINVAL"/>: inside a page, the range wraps, or no such protection; <see cref="Errno.EFAULT"/>: something is not mapped;
    /// <see cref="Errno.EACCES"/>: the area may not have it, such as writing a shared mapping of a file that is open for reading;
    /// <see cref="Errno.ENOMEM"/>: no memory for the pieces.
    /// </exception>
    public void Mprotect(UserAddress at, ulong length, Protection protection) => Check("mprotect", SysMprotect(at, length, protection));

    /// <summary>Changes what a range lets the program do; see <see cref="Mprotect"/>.</summary>
    /// <param name="address">The first address.</param>
    /// <param name="length">The bytes.</param>
    /// <param name="protection">What is allowed from now on.</param>
    /// <returns>0, or the error number made negative.</returns>
    public long SysMprotect(UserAddress address, ulong length, Protection protection) => RunLocked(
        (address, length, protection),
        static (process, call) => Result(process._kernel.Vm.Protector.Protect(process.AddressSpace, call.address.Value, call.length, call.protection)));
}
