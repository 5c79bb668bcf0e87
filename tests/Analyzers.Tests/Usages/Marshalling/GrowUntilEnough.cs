// Ask for a list with a guessed size, and again with the size that was too small.
using System.Runtime.InteropServices;

namespace Usages.Marshalling;

internal static class Interfaces
{
    private const int TooSmall = 111;

    public static byte[] Read()
    {
        int size = 1024;
        while (true)
        {
            nint buffer = Marshal.AllocHGlobal(size);
            try
            {
                int result = list_interfaces(buffer, ref size);
                if (result == 0)
                {
                    var bytes = new byte[size];
                    Marshal.Copy(buffer, bytes, 0, size);
                    return bytes;
                }

                if (result != TooSmall)
                    throw new IOException($"The list was refused: {result}.");
            }
            finally
            {
                Marshal.FreeHGlobal(buffer);
            }
        }
    }

    [DllImport("net")]
    private static extern int list_interfaces(nint buffer, ref int size);
}
