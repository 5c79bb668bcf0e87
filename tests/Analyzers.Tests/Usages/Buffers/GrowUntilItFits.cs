// Try to format, rent twice as much when it does not fit, and give the smaller array back.
using System.Buffers;

namespace Usages.Buffers;

internal static class Formatter
{
    public static string Format<T>(T value, ReadOnlySpan<char> format)
        where T : ISpanFormattable
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(64);
        try
        {
            int written;
            while (!value.TryFormat(buffer, out written, format, null))
            {
                int size = buffer.Length * 2;
                char[] larger = ArrayPool<char>.Shared.Rent(size);
                ArrayPool<char>.Shared.Return(buffer);
                buffer = larger;
            }

            return new string(buffer, 0, written);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}
