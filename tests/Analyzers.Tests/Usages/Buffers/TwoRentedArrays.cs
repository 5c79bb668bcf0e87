// Two arrays at once, given back in reverse order.
using System.Buffers;

namespace Usages.Buffers;

internal static class Rows
{
    public static int Distance(string left, string right)
    {
        int[] previous = ArrayPool<int>.Shared.Rent(right.Length + 1);
        int[] current = ArrayPool<int>.Shared.Rent(right.Length + 1);
        try
        {
            for (int column = 0; column <= right.Length; column++)
                previous[column] = column;
            for (int row = 1; row <= left.Length; row++)
            {
                current[0] = row;
                for (int column = 1; column <= right.Length; column++)
                {
                    int cost = left[row - 1] == right[column - 1] ? 0 : 1;
                    current[column] = Math.Min(Math.Min(current[column - 1], previous[column]) + 1, previous[column - 1] + cost);
                }

                current.AsSpan(0, right.Length + 1).CopyTo(previous);
            }

            return previous[right.Length];
        }
        finally
        {
            ArrayPool<int>.Shared.Return(current);
            ArrayPool<int>.Shared.Return(previous);
        }
    }
}
