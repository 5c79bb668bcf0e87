// An arena of anonymous pages in an object that unmaps them.
using System.Runtime.InteropServices;

namespace Usages.Mapping;

internal sealed partial class Arena : IDisposable
{
    private readonly nint _length;
    private nint _start;
    private nint _used;

    public Arena(nint length)
    {
        nint start = mmap(0, length, 3, 0x22, -1, 0);
        if (start == -1)
            throw new OutOfMemoryException($"mmap: {Marshal.GetLastPInvokeError()}");
        _start = start;
        _length = length;
    }

    public nint Take(nint size)
    {
        if (_used + size > _length)
            return 0;
        nint taken = _start + _used;
        _used += size;
        return taken;
    }

    public void Dispose()
    {
        if (_start == 0)
            return;
        _ = munmap(_start, _length);
        _start = 0;
    }

    [DllImport("libc", SetLastError = true)]
    private static extern nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", SetLastError = true)]
    private static extern int munmap(nint address, nint length);
}
