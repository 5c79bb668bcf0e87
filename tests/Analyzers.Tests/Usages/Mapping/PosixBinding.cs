// The same through a managed binding of the system calls.
using Mono.Unix.Native;

namespace Usages.Mapping;

internal sealed class PosixFile : IDisposable
{
    private readonly int _descriptor;

    public PosixFile(string path)
    {
        _descriptor = Syscall.open(path, 2);
        if (_descriptor < 0)
            throw new IOException("The file cannot be opened.");
    }

    public nint Map(ulong length)
    {
        nint start = Syscall.mmap(0, length, 3, 1, _descriptor, 0);
        if (start == -1)
            throw new IOException("The file cannot be mapped.");
        return start;
    }

    public static void Unmap(nint start, ulong length)
    {
        if (start != -1)
            _ = Syscall.munmap(start, length);
    }

    public void Dispose() => _ = Syscall.close(_descriptor);
}
