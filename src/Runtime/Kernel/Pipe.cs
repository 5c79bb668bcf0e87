using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>A pipe: one page of kernel memory that its ends fill and empty in a circle.</summary>
/// <remarks>Nobody can wait on this machine: where a process would sleep, it gets <c>EAGAIN</c>, as if its end did not block.</remarks>
internal sealed class Pipe
{
    private readonly LinuxKernel _kernel;
    private readonly Page _buffer;
    private bool _hasReader = true;
    private bool _hasWriter = true;
    private int _start;
    private int _length;

    public Pipe(LinuxKernel kernel, Page buffer)
    {
        _kernel = kernel;
        _buffer = buffer;
        ReadEnd = new FileOperations { Lseek = NoSeek, Read = Read, Ioctl = UnknownRequest, Release = (_, _) => Release(ref _hasReader) };
        WriteEnd = new FileOperations { Lseek = NoSeek, Write = Write, Ioctl = UnknownRequest, Release = (_, _) => Release(ref _hasWriter) };
    }

    public FileOperations ReadEnd { get; }

    public FileOperations WriteEnd { get; }

    private int Capacity => _kernel.Profile.PageSize;

    private Span<byte> Bytes => _kernel.Hardware.Memory.Frame(_buffer.Number);

    private static long NoSeek(Inode inode, OpenFile file, long offset, SeekWhence whence) => -(long)Errno.ESPIPE;

    private static int UnknownRequest(Inode inode, OpenFile file, uint command, ulong argument) => -(int)Errno.EINVAL;

    private int Read(Inode inode, OpenFile file, UserAddress buffer, int count)
    {
        if (_length == 0)
            return _hasWriter ? -(int)Errno.EAGAIN : 0;
        int read = 0;
        while (read < count && _length > 0)
        {
            int piece = Math.Min(Math.Min(count - read, _length), Capacity - _start);
            _kernel.CopyToUser(buffer + (ulong)read, Bytes.Slice(_start, piece));
            _start = (_start + piece) % Capacity;
            _length -= piece;
            read += piece;
        }

        return read;
    }

    private int Write(Inode inode, OpenFile file, UserAddress buffer, int count)
    {
        if (!_hasReader)
            return -(int)Errno.EPIPE;

        // As much as the buffer holds goes in one piece or not at all; more than that goes as far as there is room.
        int needed = count <= Capacity ? count : 1;
        if (Capacity - _length < needed)
            return -(int)Errno.EAGAIN;
        int written = 0;
        while (written < count && _length < Capacity)
        {
            int end = (_start + _length) % Capacity;
            int piece = Math.Min(Math.Min(count - written, Capacity - _length), Capacity - end);
            _kernel.CopyFromUser(buffer + (ulong)written, Bytes.Slice(end, piece));
            _length += piece;
            written += piece;
        }

        return written;
    }

    private void Release(ref bool end)
    {
        end = false;
        if (_hasReader || _hasWriter)
            return;
        _kernel.PipeBuffers.Remove(_buffer);
        _kernel.MemMap.Drop(_buffer);
    }
}
