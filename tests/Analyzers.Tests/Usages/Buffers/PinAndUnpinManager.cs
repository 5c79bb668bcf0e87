// Pin a manager for a native call and unpin it by hand.
using System.Buffers;

namespace Usages.Buffers;

internal static unsafe class Blitter
{
    public static int Send(MemoryManager<byte> image, delegate* unmanaged<void*, int> device)
    {
        MemoryHandle handle = image.Pin();
        try
        {
            return device(handle.Pointer);
        }
        finally
        {
            image.Unpin();
        }
    }
}
