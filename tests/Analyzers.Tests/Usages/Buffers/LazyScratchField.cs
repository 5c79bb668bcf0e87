// A scratch array that is rented at the first use and kept until the object is disposed of.
using System.Buffers;

namespace Usages.Buffers;

internal sealed class FrameDecoder : IDisposable
{
    private byte[]? _scratch;

    public int Decode(ReadOnlySpan<byte> frame, Span<byte> output)
    {
        _scratch ??= ArrayPool<byte>.Shared.Rent(1 << 14);
        int length = 0;
        for (int index = 0; index < frame.Length; index++)
        {
            if (frame[index] == 0x7D)
                continue;
            _scratch[length++] = (byte)(frame[index] ^ 0x20);
        }

        _scratch.AsSpan(0, length).CopyTo(output);
        return length;
    }

    public void Dispose()
    {
        byte[]? scratch = _scratch;
        _scratch = null;
        if (scratch != null)
            ArrayPool<byte>.Shared.Return(scratch);
    }
}
