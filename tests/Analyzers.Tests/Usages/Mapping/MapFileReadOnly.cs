// Open, map, close: the mapping stays when the descriptor has gone.
using System.Runtime.InteropServices;

namespace Usages.Mapping;

internal static unsafe class FileView
{
    public static int Checksum(string path, int length)
    {
        int file = open(path, 0);
        if (file < 0)
            throw new FileNotFoundException("The file cannot be opened.", path);

        nint start = mmap(0, length, 1, 2, file, 0);
        _ = close(file);
        if (start == -1)
            throw new IOException("The file cannot be mapped.");

        int sum = 0;
        for (int index = 0; index < length; index++)
            sum += ((byte*)start)[index];
        _ = munmap(start, length);
        return sum;
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPStr)] string path, int flags);

    [DllImport("libc")]
    private static extern int close(int file);

    [DllImport("libc", SetLastError = true)]
    private static extern nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc")]
    private static extern int munmap(nint address, nint length);
}
