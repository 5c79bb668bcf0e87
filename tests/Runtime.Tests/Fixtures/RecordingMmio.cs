using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>Device memory that gives the same answer everywhere and writes down each access: <c>read 0004 2</c>, <c>write 0004 2 ABCD</c>.</summary>
internal sealed class RecordingMmio : IMmioHandler
{
    /// <summary>What a process reads from each byte.</summary>
    public const byte Answer = 0x5A;

    public List<string> Accesses { get; } = [];

    public ulong Read(ulong offset, int size)
    {
        Accesses.Add($"read {offset:X4} {size}");
        return 0x5A5A_5A5A_5A5A_5A5A;
    }

    public void Write(ulong offset, int size, ulong value) => Accesses.Add($"write {offset:X4} {size} {value:X}");
}
