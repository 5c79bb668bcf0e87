using System.Runtime.InteropServices;

namespace NativeConsumer;

internal static class Native
{
    public const nint Failed = -1;

    [DllImport("libc", SetLastError = true)]
    public static extern nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", SetLastError = true)]
    public static extern int munmap(nint address, nuint length);

    [DllImport("libc", SetLastError = true)]
    public static extern int ioctl(nint file, int command);
}
