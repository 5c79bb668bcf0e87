using System.Runtime.InteropServices;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Bytes copied at once: whoever takes a page away meanwhile waits for them.</summary>
    private const int LongestRun = 1 << 18;

    /// <summary>Loads bytes, across pages; from a device in the largest aligned pieces.</summary>
    /// <param name="source">The first byte.</param>
    /// <param name="destination">Where they go; its length says how many.</param>
    /// <exception cref="SignalException">As <see cref="Load"/>; the bytes before the page that faulted are there.</exception>
    public void CopyFrom(UserAddress source, Span<byte> destination)
    {
        ulong address = source.Value;
        while (!destination.IsEmpty)
        {
            int length = CopyRunFrom(address, destination);
            if (length == 0)
            {
                length = PieceOf(address, destination.Length);
                Transfer(address, destination[..length], Access.Load);
            }

            destination = destination[length..];
            address += (ulong)length;
        }
    }

    /// <summary>Stores bytes, across pages; to a device in the largest aligned pieces.</summary>
    /// <param name="destination">Where the first byte goes.</param>
    /// <param name="source">The bytes.</param>
    /// <exception cref="SignalException">As <see cref="Store"/>; the pages before the one that faulted are written.</exception>
    public void CopyTo(UserAddress destination, ReadOnlySpan<byte> source)
    {
        ulong address = destination.Value;
        while (!source.IsEmpty)
        {
            int length = CopyRunTo(address, source);
            if (length == 0)
            {
                length = PieceOf(address, source.Length);
                StoreBytes(address, source[..length]);
            }

            source = source[length..];
            address += (ulong)length;
        }
    }

    /// <summary>Copies as much as lies in one run of the host's memory and is known.</summary>
    /// <returns>How many bytes were copied.</returns>
    private int CopyRunFrom(ulong address, Span<byte> destination)
    {
        ulong key = _tlb.LoadKey;
        int length = _tlb.FindLoadRun(key, address, Math.Min(destination.Length, LongestRun), out nuint host);
        if (length > 0)
            MemoryMarshal.CreateReadOnlySpan(ref Byte(host), length).CopyTo(destination);
        GC.KeepAlive(this);
        return _tlb.LoadKey == key ? length : 0;
    }

    /// <inheritdoc cref="CopyRunFrom"/>
    private int CopyRunTo(ulong address, ReadOnlySpan<byte> source)
    {
        _tlb.BeginStore();
        int length = _tlb.FindStoreRun(address, Math.Min(source.Length, LongestRun), out nuint host);
        if (length > 0)
            source[..length].CopyTo(MemoryMarshal.CreateSpan(ref Byte(host), length));
        _tlb.EndStore();
        GC.KeepAlive(this);
        return length;
    }
}
