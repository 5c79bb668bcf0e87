using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Opens a device, whose <c>open</c> method is called, a file of the disk, or <c>/proc/<em>pid</em>/maps</c> (<c>open</c>).</summary>
    /// <param name="path">The node, such as <c>/dev/simple</c>.</param>
    /// <param name="flags">For what, and whether a file is to be made or emptied.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="KernelException">
    /// <see cref="Errno.ENOENT"/>: no such node or file; <see cref="Errno.ENODEV"/>: no driver for it; <see cref="Errno.EMFILE"/>: 256 files are open;
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
        if ((flags & OpenFile.AccessMode) == OpenFile.AccessMode)
            return Result(Errno.EINVAL);
        if (_files.IsFull)
            return Result(Errno.EMFILE);
        Errno error = _kernel.Open(path, flags, out OpenFile? file);
        return error == Errno.None ? _files.Add(file!) : Result(error);
    }

    private long DoClose(int fd)
    {
        if (_files.Take(fd) is not { } file)
            return Result(Errno.EBADF);
        file.Close();
        return 0;
    }
}
