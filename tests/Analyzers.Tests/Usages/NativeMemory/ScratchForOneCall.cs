// Native scratch memory for one calculation.
using System.Runtime.InteropServices;

namespace Usages.NativeMemories;

internal static unsafe class Histogram
{
    public static int Busiest(ReadOnlySpan<byte> pixels)
    {
        uint* bins = (uint*)NativeMemory.AllocZeroed(256, sizeof(uint));
        try
        {
            for (int index = 0; index < pixels.Length; index++)
                bins[pixels[index]]++;

            int busiest = 0;
            for (int bin = 1; bin < 256; bin++)
            {
                if (bins[bin] > bins[busiest])
                    busiest = bin;
            }

            return busiest;
        }
        finally
        {
            NativeMemory.Free(bins);
        }
    }
}
