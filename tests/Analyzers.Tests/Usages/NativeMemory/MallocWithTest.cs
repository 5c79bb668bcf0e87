// The C library's heap, which says with null that there is none left.
using System.Runtime.InteropServices;

namespace Usages.NativeMemories;

internal static unsafe class Cells
{
    public static int Sum(ReadOnlySpan<int> values)
    {
        int* copy = (int*)malloc((nuint)values.Length * sizeof(int));
        if (copy == null)
            throw new OutOfMemoryException();

        try
        {
            values.CopyTo(new Span<int>(copy, values.Length));
            return add_all(copy, values.Length);
        }
        finally
        {
            free(copy);
        }
    }

    [DllImport("libc")]
    private static extern void* malloc(nuint size);

    [DllImport("libc")]
    private static extern void free(void* block);

    [DllImport("adder")]
    private static extern int add_all(int* values, int count);
}
