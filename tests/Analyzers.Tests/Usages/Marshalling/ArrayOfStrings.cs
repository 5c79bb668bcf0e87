// An array of native texts: whatever was converted before a failure is freed again.
using System.Runtime.InteropServices;

namespace Usages.Marshalling;

internal static class Arguments
{
    public static int Run(string[] arguments)
    {
        var native = new nint[arguments.Length];
        try
        {
            for (int index = 0; index < arguments.Length; index++)
                native[index] = Marshal.StringToCoTaskMemUTF8(arguments[index]);
            return run(native.Length, native);
        }
        finally
        {
            foreach (nint argument in native)
                Marshal.FreeCoTaskMem(argument);
        }
    }

    [DllImport("runner")]
    private static extern int run(int count, nint[] arguments);
}
