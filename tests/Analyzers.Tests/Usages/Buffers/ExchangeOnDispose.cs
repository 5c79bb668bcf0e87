// Two threads may dispose of the object: the one that gets the array by an exchange gives it back.
using System.Buffers;

namespace Usages.Buffers;

internal sealed class RentedChunk : IDisposable
{
    private byte[]? _array;

    public RentedChunk(int size) => _array = ArrayPool<byte>.Shared.Rent(size);

    public Span<byte> Bytes => _array ?? throw new ObjectDisposedException(nameof(RentedChunk));

    public void Dispose()
    {
        byte[]? array = Interlocked.Exchange(ref _array, null);
        if (array is not null)
            ArrayPool<byte>.Shared.Return(array);
    }
}
