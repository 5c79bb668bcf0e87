// Copy one stream to another through a rented array.
using System.Buffers;

namespace Usages.Buffers;

internal static class StreamCopy
{
    public static long Copy(Stream source, Stream target, int chunk = 81920)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(chunk);
        try
        {
            long total = 0;
            int read;
            while ((read = source.Read(buffer, 0, buffer.Length)) != 0)
            {
                target.Write(buffer, 0, read);
                total += read;
            }

            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
