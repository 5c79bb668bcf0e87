// Pin all pieces of a gathered write; what was pinned is freed whatever happens.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal static class GatheredWrite
{
    public static long Write(IReadOnlyList<byte[]> pieces, Func<nint[], long> write)
    {
        var pins = new GCHandle[pieces.Count];
        var addresses = new nint[pieces.Count];
        try
        {
            for (int index = 0; index < pins.Length; index++)
            {
                pins[index] = GCHandle.Alloc(pieces[index], GCHandleType.Pinned);
                addresses[index] = pins[index].AddrOfPinnedObject();
            }

            return write(addresses);
        }
        finally
        {
            foreach (GCHandle pin in pins)
            {
                if (pin.IsAllocated)
                    pin.Free();
            }
        }
    }
}
