// An iterator that reads in chunks of a rented array and gives it back when the loop over it ends.
using System.Buffers;

namespace Usages.Buffers;

internal static class Lines
{
    public static IEnumerable<int> LengthsIn(Stream stream)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(1024);
        try
        {
            int length = 0;
            int read;
            while ((read = stream.Read(chunk, 0, 1024)) > 0)
            {
                for (int index = 0; index < read; index++)
                {
                    if (chunk[index] != '\n')
                    {
                        length++;
                        continue;
                    }

                    yield return length;
                    length = 0;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
