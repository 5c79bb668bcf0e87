// A shared memory object: open, size, map; whatever fails is undone.
using System.Runtime.InteropServices;

namespace Usages.Mapping;

internal static class Segment
{
    public static nint Create(string name, nint length)
    {
        int descriptor = shm_open(name, 0x42, 0x180);
        if (descriptor < 0)
            return 0;

        if (ftruncate(descriptor, length) != 0)
        {
            _ = close(descriptor);
            return 0;
        }

        nint start = mmap(0, length, 3, 1, descriptor, 0);
        _ = close(descriptor);
        return start == -1 ? 0 : start;
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int shm_open([MarshalAs(UnmanagedType.LPStr)] string name, int flags, uint mode);

    [DllImport("libc", SetLastError = true)]
    private static extern int ftruncate(int descriptor, nint length);

    [DllImport("libc")]
    private static extern int close(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);
}
