// Aligned input and output of a kernel, one inside the other.
using System.Runtime.InteropServices;

namespace Usages.NativeMemories;

internal static unsafe class Convolution
{
    public static float[] Run(ReadOnlySpan<float> signal, delegate* unmanaged<float*, float*, int, void> kernel)
    {
        nuint bytes = (nuint)signal.Length * sizeof(float);
        var input = (float*)NativeMemory.AlignedAlloc(bytes, 32);
        try
        {
            var output = (float*)NativeMemory.AlignedAlloc(bytes, 32);
            try
            {
                signal.CopyTo(new Span<float>(input, signal.Length));
                kernel(input, output, signal.Length);
                return new Span<float>(output, signal.Length).ToArray();
            }
            finally
            {
                NativeMemory.AlignedFree(output);
            }
        }
        finally
        {
            NativeMemory.AlignedFree(input);
        }
    }
}
