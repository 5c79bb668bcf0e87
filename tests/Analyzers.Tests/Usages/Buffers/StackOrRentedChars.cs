// A span on the stack for short texts, a rented array for long ones.
using System.Buffers;

namespace Usages.Buffers;

internal static class PathCleaner
{
    private const int StackLimit = 256;

    public static string CollapseSeparators(string path)
    {
        char[]? rented = null;
        Span<char> target = path.Length <= StackLimit
            ? stackalloc char[StackLimit]
            : (rented = ArrayPool<char>.Shared.Rent(path.Length));
        try
        {
            int written = 0;
            foreach (char c in path)
            {
                if (c == '/' && written > 0 && target[written - 1] == '/')
                    continue;
                target[written++] = c;
            }

            return written == path.Length ? path : target[..written].ToString();
        }
        finally
        {
            if (rented is not null)
                ArrayPool<char>.Shared.Return(rented);
        }
    }
}
