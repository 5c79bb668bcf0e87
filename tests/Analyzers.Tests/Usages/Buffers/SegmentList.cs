// A list of rented segments that a body is read into; all are given back when it is disposed of.
using System.Buffers;

namespace Usages.Buffers;

internal sealed class SegmentedBody : IDisposable
{
    private readonly List<byte[]> _segments = [];
    private int _lastLength;

    public long Length => _segments.Count == 0 ? 0 : (_segments.Count - 1) * 4096L + _lastLength;

    public void Fill(Stream source)
    {
        while (true)
        {
            byte[] segment = ArrayPool<byte>.Shared.Rent(4096);
            int read = source.Read(segment, 0, 4096);
            if (read == 0)
            {
                ArrayPool<byte>.Shared.Return(segment);
                return;
            }

            _lastLength = read;
            _segments.Add(segment);
        }
    }

    public void Dispose()
    {
        foreach (byte[] segment in _segments)
            ArrayPool<byte>.Shared.Return(segment);
        _segments.Clear();
    }
}
