// Reserve address space, commit its beginning, release all of it.
using System.Runtime.InteropServices;

namespace Usages.Mapping;

internal sealed class CodeSpace : IDisposable
{
    private const uint Commit = 0x1000;
    private const uint Reserve = 0x2000;
    private const uint Release = 0x8000;

    private nint _base;

    public CodeSpace(nuint size)
    {
        nint start = VirtualAlloc(0, size, Reserve, 1);
        if (start == 0)
            throw new OutOfMemoryException();
        if (VirtualAlloc(start, 4096, Commit, 0x40) == 0)
        {
            VirtualFree(start, 0, Release);
            throw new OutOfMemoryException();
        }

        _base = start;
    }

    public nint Start => _base;

    public void Dispose()
    {
        if (_base == 0)
            return;
        VirtualFree(_base, 0, Release);
        _base = 0;
    }

    [DllImport("kernel32", SetLastError = true)]
    private static extern nint VirtualAlloc(nint address, nuint size, uint type, uint protection);

    [DllImport("kernel32", SetLastError = true)]
    private static extern bool VirtualFree(nint address, nuint size, uint type);
}
