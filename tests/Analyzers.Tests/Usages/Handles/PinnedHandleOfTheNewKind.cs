// The typed pinned handle in a using statement.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal static unsafe class Wave
{
    public static float Peak(float[] samples, delegate* unmanaged<float*, int, float> peak)
    {
        using var pin = new PinnedGCHandle<float[]>(samples);
        return peak(pin.GetAddressOfArrayData(), samples.Length);
    }
}
