// Memory that is locked against swapping while it holds a key.
using System.Runtime.InteropServices;

namespace Usages.Mapping;

internal static unsafe class KeyBox
{
    private const int PageSize = 4096;

    public static bool Unlock(ReadOnlySpan<byte> key)
    {
        nint page = mmap(0, PageSize, 3, 0x22, -1, 0);
        if (page == -1)
            return false;

        try
        {
            if (mlock(page, PageSize) != 0)
                return false;
            try
            {
                key.CopyTo(new Span<byte>((void*)page, PageSize));
                return vault_unlock(page, key.Length) == 0;
            }
            finally
            {
                NativeMemory.Clear((void*)page, PageSize);
                _ = munlock(page, PageSize);
            }
        }
        finally
        {
            _ = munmap(page, PageSize);
        }
    }

    [DllImport("libc")]
    private static extern nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc")]
    private static extern int munmap(nint address, nint length);

    [DllImport("libc")]
    private static extern int mlock(nint address, nint length);

    [DllImport("libc")]
    private static extern int munlock(nint address, nint length);

    [DllImport("vault")]
    private static extern int vault_unlock(nint key, int length);
}
