using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MmapAnalyzers.Pairs;

/// <summary>Frames of a length and a text, read and written through rented buffers.</summary>
public sealed class Frames(Stream stream)
{
    private const int HeaderSize = 4;

    /// <summary>The next text, or null at the end.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellation)
    {
        byte[] header = ArrayPool<byte>.Shared.Rent(HeaderSize);
        try
        {
            int read = await stream.ReadAtLeastAsync(header.AsMemory(0, HeaderSize), HeaderSize, throwOnEndOfStream: false, cancellation);
            return read < HeaderSize ? null : await ReadBodyAsync(BinaryPrimitives.ReadInt32BigEndian(header), cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(header);
        }
    }

    public void Write(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length + HeaderSize);
        try
        {
            BinaryPrimitives.WriteInt32BigEndian(buffer, length);
            Encoding.UTF8.GetBytes(text, buffer.AsSpan(HeaderSize));
            stream.Write(buffer, 0, length + HeaderSize);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    public static int CountWords(ReadOnlySpan<char> text)
    {
        Range[] parts = ArrayPool<Range>.Shared.Rent(text.Length + 1);
        int words = text.SplitAny(parts, " \t\r\n", StringSplitOptions.RemoveEmptyEntries);
        for (int i = words - 1; i >= 0 && text[parts[i]].StartsWith("//"); i--)
            words--;
        ArrayPool<Range>.Shared.Return(parts);
        return words;
    }

    public static bool SameContent(Stream left, Stream right)
    {
        using IMemoryOwner<byte> mine = MemoryPool<byte>.Shared.Rent(4096);
        using IMemoryOwner<byte> theirs = MemoryPool<byte>.Shared.Rent(4096);
        int length;
        do
        {
            length = left.ReadAtLeast(mine.Memory.Span, 4096, throwOnEndOfStream: false);
            int other = right.ReadAtLeast(theirs.Memory.Span, 4096, throwOnEndOfStream: false);
            if (length != other || !mine.Memory.Span[..length].SequenceEqual(theirs.Memory.Span[..other]))
                return false;
        }
        while (length > 0);

        return true;
    }

    private async Task<string> ReadBodyAsync(int length, CancellationToken cancellation)
    {
        if (length is < 0 or > 1 << 20)
            throw new InvalidDataException($"A frame of {length} bytes.");
        byte[] body = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await stream.ReadExactlyAsync(body.AsMemory(0, length), cancellation);
            return Encoding.UTF8.GetString(body, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }
}
