namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>The device behind a region of memory-mapped I/O: it sees every load and store that reaches the region.</summary>
/// <remarks>An access is 1, 2, 4 or 8 bytes and aligned to its size; larger or unaligned ones arrive in the largest aligned pieces, lowest first.
/// Those of processes and drivers come one at a time, on the thread of whoever made them.</remarks>
public interface IMmioHandler
{
    /// <summary>Answers a load.</summary>
    /// <param name="offset">Bytes from the start of the region.</param>
    /// <param name="size">Bytes read: 1, 2, 4 or 8.</param>
    /// <returns>The value, in the low bytes.</returns>
    ulong Read(ulong offset, int size);

    /// <summary>Takes a store.</summary>
    /// <param name="offset">Bytes from the start of the region.</param>
    /// <param name="size">Bytes written: 1, 2, 4 or 8.</param>
    /// <param name="value">The value, in the low bytes.</param>
    void Write(ulong offset, int size, ulong value);
}
