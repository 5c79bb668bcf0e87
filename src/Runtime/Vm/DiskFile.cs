using System.Runtime.InteropServices;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The bytes of one file as they stand on the disk, in blocks of a page; a block that was never written is a hole of zeros.</summary>
internal sealed class DiskFile(int blockSize)
{
    private readonly Dictionary<ulong, byte[]> _blocks = [];
    private readonly ulong _blockSize = (ulong)blockSize;

    public void Read(ulong position, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int offset = (int)(position % _blockSize);
            Span<byte> piece = destination[..Math.Min(blockSize - offset, destination.Length)];
            if (_blocks.TryGetValue(position / _blockSize, out byte[]? block))
                block.AsSpan(offset, piece.Length).CopyTo(piece);
            else
                piece.Clear();
            destination = destination[piece.Length..];
            position += (ulong)piece.Length;
        }
    }

    public void Write(ulong position, ReadOnlySpan<byte> source)
    {
        while (!source.IsEmpty)
        {
            Span<byte> rest = RestOfBlock(position);
            ReadOnlySpan<byte> piece = source[..Math.Min(rest.Length, source.Length)];
            piece.CopyTo(rest);
            source = source[piece.Length..];
            position += (ulong)piece.Length;
        }
    }

    /// <summary>The bytes from a position to the end of its block, for writing; a hole becomes a block of zeros.</summary>
    public Span<byte> RestOfBlock(ulong position)
    {
        ref byte[]? block = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, position / _blockSize, out _);
        block ??= new byte[blockSize];
        return block.AsSpan((int)(position % _blockSize));
    }

    /// <summary>Forgets what lies beyond a size; a file that grows again finds zeros there.</summary>
    public void Truncate(ulong size)
    {
        foreach (ulong number in _blocks.Keys)
        {
            if (number * _blockSize >= size)
                _blocks.Remove(number);
        }

        if (_blocks.TryGetValue(size / _blockSize, out byte[]? last))
            last.AsSpan((int)(size % _blockSize)).Clear();
    }
}
