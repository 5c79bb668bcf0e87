using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class OpenFile
{
    /// <summary>Calls the <c>read</c> method, which is there.</summary>
    internal int CallRead(UserAddress buffer, int count) => _calls.Run(
        _module,
        DriverCallback.FileRead,
        (file: this, buffer, count),
        static call => call.file.Operations.Read!(call.file.Inode, call.file, call.buffer, call.count));

    /// <summary>Calls the <c>write</c> method, which is there.</summary>
    internal int CallWrite(UserAddress buffer, int count) => _calls.Run(
        _module,
        DriverCallback.FileWrite,
        (file: this, buffer, count),
        static call => call.file.Operations.Write!(call.file.Inode, call.file, call.buffer, call.count));

    /// <summary>Calls the <c>ioctl</c> method, which is there.</summary>
    internal int CallIoctl(uint command, ulong argument) => _calls.Run(
        _module,
        DriverCallback.FileIoctl,
        (file: this, command, argument),
        static call => call.file.Operations.Ioctl!(call.file.Inode, call.file, call.command, call.argument));

    /// <summary>Calls the <c>fsync</c> method, which is there.</summary>
    internal Errno CallFsync() => _calls.Run(
        _module, DriverCallback.FileFsync, this, static file => file.Operations.Fsync!(file.Inode, file));

    /// <summary>Moves the position with the device's method, or as the core does without one.</summary>
    internal long Seek(long offset, SeekWhence whence)
    {
        if (Operations.Lseek is null)
            return SeekByDefault(offset, whence);
        return _calls.Run(
            _module,
            DriverCallback.FileLseek,
            (file: this, offset, whence),
            static call => call.file.Operations.Lseek!(call.file.Inode, call.file, call.offset, call.whence));
    }

    private long SeekByDefault(long offset, SeekWhence whence)
    {
        long origin = whence switch
        {
            SeekWhence.Start => 0,
            SeekWhence.Current => Position,
            _ => (long)Inode.Size,
        };
        long position = origin + offset;
        if (position < 0)
            return -(long)Errno.EINVAL;
        Position = position;
        return position;
    }
}
