using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Opens a device (<c>open</c>); its <c>open</c> method is called.</summary>
    /// <param name="path">The node, such as <c>/dev/simple</c>.</param>
    /// <param name="flags">For what.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="KernelException">
    /// <see cref="Errno.ENOENT"/>: no such node; <see cref="Errno.ENODEV"/>: no driver for it; <see cref="Errno.EMFILE"/>: 256 files are open;
    /// <see cref="Errno.EINVAL"/>: no such mode; or the driver's error.
    /// </exception>
    public int Open(string path, OpenFlags flags) => (int)Check("open", SysOpen(path, flags));

    /// <summary>Opens a device; see <see cref="Open"/>.</summary>
    /// <param name="path">The node.</param>
    /// <param name="flags">For what.</param>
    /// <returns>The descriptor, or the error number made negative.</returns>
    public long SysOpen(string path, OpenFlags flags)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Run((path, flags), static (process, call) => process.DoOpen(call.path, call.flags));
    }

    /// <summary>Closes a descriptor (<c>close</c>); with the last one of its file the device's <c>release</c> method is called. Mappings stay.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <exception cref="KernelException"><see cref="Errno.EBADF"/>: it is not open.</exception>
    public void Close(int fd) => Check("close", SysClose(fd));

    /// <summary>Closes a descriptor; see <see cref="Close"/>.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <returns>0, or the error number made negative.</returns>
    public long SysClose(int fd) => Run(fd, static (process, descriptor) => process.DoClose(descriptor));

    private long DoOpen(string path, OpenFlags flags)
    {
        if (flags is not (OpenFlags.ReadOnly or OpenFlags.WriteOnly or OpenFlags.ReadWrite))
            return Result(Errno.EINVAL);
        if (_files.IsFull)
            return Result(Errno.EMFILE);
        if (_kernel.Devices.FindNode(path) is not { } inode)
            return Result(Errno.ENOENT);
        if (_kernel.Devices.Find(inode.Major) is not { } device)
            return Result(Errno.ENODEV);
        var file = new OpenFile(inode, device, flags, _kernel.Calls);
        Errno error = file.CallOpen();
        return error == Errno.None ? _files.Add(file) : Result(error);
    }

    private long DoClose(int fd)
    {
        if (_files.Take(fd) is not { } file)
            return Result(Errno.EBADF);
        file.Close();
        return 0;
    }
}
