// The asynchronous copy: the array is rented across awaits, and cleared when it held secrets.
using System.Buffers;

namespace Usages.Buffers;

internal sealed class UploadPipe(Stream body)
{
    public async Task<long> DrainAsync(Stream sink, bool secret, CancellationToken cancellation)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(16 * 1024);
        long total = 0;
        try
        {
            while (true)
            {
                int read = await body.ReadAsync(chunk.AsMemory(), cancellation).ConfigureAwait(false);
                if (read == 0)
                    break;

                await sink.WriteAsync(chunk.AsMemory(0, read), cancellation).ConfigureAwait(false);
                total += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk, clearArray: secret);
        }

        return total;
    }
}
