using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Makes a pipe of one page (<c>pipe</c>). It cannot be mapped.</summary>
    /// <remarks>
    /// Where a process would have to wait, it gets <see cref="Errno.EAGAIN"/>: reading an empty pipe that can still be written, or writing more than there
    /// is room for. Without a reader writing fails with <see cref="Errno.EPIPE"/> and no signal; without a writer an empty pipe is at its end.
    /// </remarks>
    /// <returns>The descriptors of its ends.</returns>
    /// <exception cref="KernelException"><see cref="Errno.EMFILE"/>: fewer than two descriptors are left; <see cref="Errno.ENFILE"/>: no memory for the buffer.</exception>
    public (int Reader, int Writer) Pipe()
    {
        Check("pipe", SysPipe(out int reader, out int writer));
        return (reader, writer);
    }

    /// <summary>Makes a pipe; see <see cref="Pipe"/>.</summary>
    /// <param name="reader">The descriptor of the end to read from.</param>
    /// <param name="writer">The descriptor of the end to write to.</param>
    /// <returns>0, or the error number made negative.</returns>
    public long SysPipe(out int reader, out int writer)
    {
        (reader, writer) = (-1, -1);
        long pair = Run(0, static (process, _) => process.DoPipe());
        if (pair < 0)
            return pair;
        (reader, writer) = ((int)(pair >> 32), (int)pair);
        return 0;
    }

    private long DoPipe()
    {
        if (_files.FreeCount < 2)
            return Result(Errno.EMFILE);
        if (_kernel.OpenPipe() is not { } pipe)
            return Result(Errno.ENFILE);
        long reader = _files.Add(pipe.Reader);
        return (reader << 32) | (long)_files.Add(pipe.Writer);
    }
}
