// A span over a safe buffer for the time of one call.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal static unsafe class BufferHash
{
    public static int Of(SafeBuffer buffer)
    {
        byte* start = null;
        try
        {
            buffer.AcquirePointer(ref start);
            var hash = new HashCode();
            hash.AddBytes(new ReadOnlySpan<byte>(start, (int)buffer.ByteLength));
            return hash.ToHashCode();
        }
        finally
        {
            if (start != null)
                buffer.ReleasePointer();
        }
    }
}
