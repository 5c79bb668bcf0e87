using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Gives a file a size (<c>truncate</c>, <c>vmtruncate</c>): pages beyond it vanish from every mapping, and the rest of the last one is cleared.</summary>
    /// <remarks>The kernel does not ask what kind of node it is: the mappings of a device lose what lies beyond the size as well.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="length">The size in bytes; a file that grows has zeros there.</param>
    /// <exception cref="KernelException"><see cref="Errno.ENOENT"/>: no such file; <see cref="Errno.EINVAL"/>: negative as a signed number of the machine.</exception>
    public void Truncate(string path, ulong length) => Check("truncate", SysTruncate(path, length));

    /// <summary>Gives a file a size; see <see cref="Truncate"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">The size in bytes.</param>
    /// <returns>0, or the error number made negative.</returns>
    public long SysTruncate(string path, ulong length)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Run((path, length), static (process, call) => process.DoTruncate(call.path, call.length));
    }

    /// <summary>Gives an open file a size (<c>ftruncate</c>); see <see cref="Truncate"/>.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="length">The size in bytes.</param>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EBADF"/>: not open; <see cref="Errno.EACCES"/>: not for writing; <see cref="Errno.EINVAL"/>: negative as a signed number of the machine.
    /// </exception>
    public void Ftruncate(int fd, ulong length) => Check("ftruncate", SysFtruncate(fd, length));

    /// <summary>Gives an open file a size; see <see cref="Ftruncate"/>.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="length">The size in bytes.</param>
    /// <returns>0, or the error number made negative.</returns>
    public long SysFtruncate(int fd, ulong length) => Run((fd, length), static (process, call) => process.DoFtruncate(call.fd, call.length));

    private long DoTruncate(string path, ulong length) =>
        _kernel.FindInode(path) is { } inode ? Result(_kernel.Vm.Truncator.Truncate(inode, length)) : Result(Errno.ENOENT);

    private long DoFtruncate(int fd, ulong length)
    {
        if (_files[fd] is not { } file)
            return Result(Errno.EBADF);
        return file.CanWrite ? Result(_kernel.Vm.Truncator.Truncate(file.Inode, length)) : Result(Errno.EACCES);
    }
}
