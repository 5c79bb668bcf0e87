// A text as UTF-8 in task memory for a native call.
using System.Runtime.InteropServices;

namespace Usages.Marshalling;

internal static class Environments
{
    public static void Set(string name, string value)
    {
        nint nativeName = Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            nint nativeValue = Marshal.StringToCoTaskMemUTF8(value);
            try
            {
                if (env_set(nativeName, nativeValue) != 0)
                    throw new ArgumentException("The name is not valid.", nameof(name));
            }
            finally
            {
                Marshal.FreeCoTaskMem(nativeValue);
            }
        }
        finally
        {
            Marshal.FreeCoTaskMem(nativeName);
        }
    }

    [DllImport("env")]
    private static extern int env_set(nint name, nint value);
}
