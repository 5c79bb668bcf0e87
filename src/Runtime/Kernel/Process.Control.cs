using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Asks a device for something of its own (<c>ioctl</c>); its <c>ioctl</c> method is called.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="command">The request.</param>
    /// <param name="argument">A number or a user address, as the request has it.</param>
    /// <returns>What the method returned.</returns>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EBADF"/>: not open; <see cref="Errno.ENOTTY"/>: the device has no such method, or it is a file; or the driver's error.
    /// </exception>
    /// <exception cref="SignalException">A page that the driver asked for could not be had.</exception>
    public long Ioctl(int fd, uint command, ulong argument) => Check("ioctl", SysIoctl(fd, command, argument));

    /// <summary>Asks a device for something of its own; see <see cref="Ioctl"/>.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="command">The request.</param>
    /// <param name="argument">A number or a user address.</param>
    /// <returns>What the method returned, or the error number made negative.</returns>
    public long SysIoctl(int fd, uint command, ulong argument) =>
        Run((fd, command, argument), static (process, call) => process.DoIoctl(call.fd, call.command, call.argument));

    /// <summary>Waits until a file has arrived where it is kept (<c>fsync</c>); the device's <c>fsync</c> method is called.</summary>
    /// <remarks>Stores through a mapping are no concern of this in 2.0: <c>msync</c> writes them.</remarks>
    /// <param name="fd">The descriptor.</param>
    /// <exception cref="KernelException">
    /// <see cref="Errno.EBADF"/>: not open; <see cref="Errno.EINVAL"/>: the device has no such method; <see cref="Errno.EIO"/>: the method failed.
    /// </exception>
    public void Fsync(int fd) => Check("fsync", SysFsync(fd));

    /// <summary>Waits until a file has arrived; see <see cref="Fsync"/>.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <returns>0, or the error number made negative.</returns>
    public long SysFsync(int fd) => Run(fd, static (process, descriptor) => process.DoFsync(descriptor));

    private long DoIoctl(int fd, uint command, ulong argument)
    {
        if (_files[fd] is not { } file)
            return Result(Errno.EBADF);
        return file.Operations.Ioctl is null ? Result(Errno.ENOTTY) : file.CallIoctl(command, argument);
    }

    private long DoFsync(int fd)
    {
        if (_files[fd] is not { } file)
            return Result(Errno.EBADF);
        if (file.Operations.Fsync is null)
            return Result(Errno.EINVAL);
        return file.CallFsync() == Errno.None ? 0 : Result(Errno.EIO);
    }
}
