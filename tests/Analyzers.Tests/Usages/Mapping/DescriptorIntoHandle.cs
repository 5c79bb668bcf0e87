// A raw descriptor goes into a safe handle as soon as it is known to be good.
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Usages.Mapping;

internal static class EventDescriptors
{
    public static SafeFileHandle Create()
    {
        int descriptor = eventfd(0, 0x80000);
        if (descriptor == -1)
            throw new IOException($"eventfd: {Marshal.GetLastPInvokeError()}");
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    public static ulong Drain(int signal)
    {
        int copy = dup(signal);
        if (copy < 0)
            return 0;
        ulong value = 0;
        if (read(copy, ref value, 8) != 8)
            value = 0;
        _ = close(copy);
        return value;
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int eventfd(uint initial, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int dup(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern nint read(int descriptor, ref ulong into, nint count);

    [DllImport("libc")]
    private static extern int close(int descriptor);
}
