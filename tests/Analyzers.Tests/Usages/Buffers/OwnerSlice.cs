// A wrapper that shows a part of pooled memory and disposes of the whole.
using System.Buffers;

namespace Usages.Buffers;

internal sealed class SlicedOwner : IMemoryOwner<byte>
{
    private IMemoryOwner<byte>? _owner;
    private readonly int _length;

    public SlicedOwner(MemoryPool<byte> pool, int length)
    {
        _owner = pool.Rent(length);
        _length = length;
    }

    public Memory<byte> Memory => _owner is { } owner ? owner.Memory[.._length] : throw new ObjectDisposedException(nameof(SlicedOwner));

    public void Dispose()
    {
        _owner?.Dispose();
        _owner = null;
    }
}
