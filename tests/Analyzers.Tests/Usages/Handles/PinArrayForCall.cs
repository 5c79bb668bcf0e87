// Pin an array for a native call by a handle of the garbage collector.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal static class Compressor
{
    public static int Compress(byte[] input, byte[] output)
    {
        GCHandle source = GCHandle.Alloc(input, GCHandleType.Pinned);
        try
        {
            GCHandle target = GCHandle.Alloc(output, GCHandleType.Pinned);
            try
            {
                return lz_pack(source.AddrOfPinnedObject(), input.Length, target.AddrOfPinnedObject(), output.Length);
            }
            finally
            {
                target.Free();
            }
        }
        finally
        {
            source.Free();
        }
    }

    [DllImport("lz")]
    private static extern int lz_pack(nint from, int length, nint to, int capacity);
}
