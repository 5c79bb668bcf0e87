using System.Buffers.Binary;
using System.Numerics;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>The devices of a machine by address; loads and stores reach them in the largest aligned pieces.</summary>
internal sealed class Bus(MachineProfile profile)
{
    private const int LargestAccess = 8;

    // Replaced as a whole, never changed: loads and stores look devices up on any thread.
    private MmioRegion[] _regions = [];

    /// <summary>Gives a device the next free addresses.</summary>
    public ulong Add(ulong size, IMmioHandler handler)
    {
        ulong first = _regions.Length == 0 ? profile.MmioBase : _regions[^1].Base + _regions[^1].Size;
        if (size == 0 || size > profile.MmioEnd - first || profile.PageAlign(size) > profile.MmioEnd - first)
            throw new ArgumentOutOfRangeException(nameof(size), size, "The size must be positive and fit between the devices there are and the end of the bus.");
        _regions = [.. _regions, new MmioRegion(first, profile.PageAlign(size), handler)];
        return first;
    }

    public void Read(ulong address, Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[LargestAccess];
        while (!destination.IsEmpty)
        {
            int size = Piece(address, destination.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(word, ReadPiece(address, size));
            word[..size].CopyTo(destination);
            destination = destination[size..];
            address += (ulong)size;
        }
    }

    public void Write(ulong address, ReadOnlySpan<byte> source)
    {
        Span<byte> word = stackalloc byte[LargestAccess];
        while (!source.IsEmpty)
        {
            int size = Piece(address, source.Length);
            word.Clear();
            source[..size].CopyTo(word);
            if (Find(address) is { } region)
                region.Handler.Write(address - region.Base, size, BinaryPrimitives.ReadUInt64LittleEndian(word));
            source = source[size..];
            address += (ulong)size;
        }
    }

    /// <summary>The device at an address, or null.</summary>
    public MmioRegion? Find(ulong address)
    {
        foreach (MmioRegion region in _regions)
        {
            if (region.Contains(address))
                return region;
        }

        return null;
    }

    private static int Piece(ulong address, int length)
    {
        int aligned = address == 0 ? LargestAccess : 1 << Math.Min(BitOperations.TrailingZeroCount(address), BitOperations.Log2(LargestAccess));
        return Math.Min(aligned, 1 << Math.Min(BitOperations.Log2((uint)length), BitOperations.Log2(LargestAccess)));
    }

    // Nobody drives the lines of an address without a device: they float high.
    private ulong ReadPiece(ulong address, int size) => Find(address) is { } region ? region.Handler.Read(address - region.Base, size) : ulong.MaxValue;
}
