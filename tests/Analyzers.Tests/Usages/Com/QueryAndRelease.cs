// Ask an object for another interface, and release it after the call.
using System.Runtime.InteropServices;

namespace Usages.Com;

internal static class Shells
{
    private static readonly Guid Window = new("11111111-2222-3333-4444-555555555555");

    public static bool HasWindow(object shell)
    {
        nint unknown = Marshal.GetIUnknownForObject(shell);
        try
        {
            if (Marshal.QueryInterface(unknown, in Window, out nint window) < 0)
                return false;
            try
            {
                return is_window(window) != 0;
            }
            finally
            {
                Marshal.Release(window);
            }
        }
        finally
        {
            Marshal.Release(unknown);
        }
    }

    [DllImport("shell")]
    private static extern int is_window(nint window);
}
