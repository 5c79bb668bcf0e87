using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Reads from a file (<c>read</c>); the device's <c>read</c> method is called.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="buffer">Where the bytes go: memory of the process that it may write.</param>
    /// <param name="count">How many bytes; none, or 2 GiB and more, is nothing to do.</param>
    /// <returns>How many were read; 0 at the end of a file.</returns>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EBADF"/>: not open, or not for reading; <see cref="Errno.EINVAL"/>: the device has no such method; <see cref="Errno.EFAULT"/>: the
    /// buffer does not lie in areas that may be written; or the driver's error.
    /// </exception>
    /// <exception cref="SignalException">A page of the buffer could not be had. The call has run to its end all the same.</exception>
    public long Read(int fd, UserAddress buffer, ulong count) => Check("read", SysRead(fd, buffer, count));

    /// <summary>Reads from a file; see <see cref="Read"/>.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="count">How many bytes.</param>
    /// <returns>How many were read, or the error number made negative.</returns>
    public long SysRead(int fd, UserAddress buffer, ulong count) =>
        Run((fd, buffer, count), static (process, call) => process.DoRead(call.fd, call.buffer, unchecked((int)call.count)));

    /// <summary>Writes to a file (<c>write</c>); the device's <c>write</c> method is called.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="buffer">Where the bytes are: memory of the process that it may read.</param>
    /// <param name="count">How many bytes; none is nothing to do.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EBADF"/>: not open, or not for writing; <see cref="Errno.EINVAL"/>: the device has no such method; <see cref="Errno.EFAULT"/>: the
    /// buffer does not lie in areas that may be read; or the driver's error, for a file <see cref="Errno.EFBIG"/> beyond 2 GiB.
    /// </exception>
    /// <exception cref="SignalException">A page of the buffer could not be had. The call has run to its end all the same.</exception>
    public long Write(int fd, UserAddress buffer, ulong count) => Check("write", SysWrite(fd, buffer, count));

    /// <summary>Writes to a file; see <see cref="Write"/>.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="buffer">Where the bytes are.</param>
    /// <param name="count">How many bytes.</param>
    /// <returns>How many were written, or the error number made negative.</returns>
    public long SysWrite(int fd, UserAddress buffer, ulong count) =>
        Run((fd, buffer, count), static (process, call) => process.DoWrite(call.fd, call.buffer, unchecked((uint)call.count)));

    /// <summary>Moves the position of a file (<c>lseek</c>); the device's <c>lseek</c> method is called if it has one.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="offset">How far, in bytes.</param>
    /// <param name="whence">From where.</param>
    /// <returns>The new position.</returns>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EBADF"/>: not open; <see cref="Errno.EINVAL"/>: no such origin, or before the start; <see cref="Errno.ESPIPE"/>: a pipe; or the
    /// driver's error.
    /// </exception>
    public long Lseek(int fd, long offset, SeekWhence whence) => Check("lseek", SysLseek(fd, offset, whence));

    /// <summary>Moves the position of a file; see <see cref="Lseek"/>.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="offset">How far.</param>
    /// <param name="whence">From where.</param>
    /// <returns>The new position, or the error number made negative.</returns>
    public long SysLseek(int fd, long offset, SeekWhence whence) =>
        Run((fd, offset, whence), static (process, call) => process.DoLseek(call.fd, call.offset, call.whence));

    private long DoRead(int fd, UserAddress buffer, int count)
    {
        if (_files[fd] is not { CanRead: true } file)
            return Result(Errno.EBADF);
        if (file.Operations.Read is null)
            return Result(Errno.EINVAL);
        if (count <= 0)
            return 0;
        Errno error = _kernel.Vm.UserAccess.Verify(AddressSpace, VerifyType.Write, buffer.Value, (ulong)count);
        return error == Errno.None ? file.CallRead(buffer, count) : Result(error);
    }

    private long DoWrite(int fd, UserAddress buffer, uint count)
    {
        if (_files[fd] is not { CanWrite: true } file)
            return Result(Errno.EBADF);
        if (file.Operations.Write is null)
            return Result(Errno.EINVAL);
        if (count == 0)
            return 0;
        Errno error = _kernel.Vm.UserAccess.Verify(AddressSpace, VerifyType.Read, buffer.Value, count);
        return error == Errno.None ? file.CallWrite(buffer, unchecked((int)count)) : Result(error);
    }

    private long DoLseek(int fd, long offset, SeekWhence whence)
    {
        if (_files[fd] is not { } file)
            return Result(Errno.EBADF);
        return whence is SeekWhence.Start or SeekWhence.Current or SeekWhence.End ? file.Seek(offset, whence) : Result(Errno.EINVAL);
    }
}
