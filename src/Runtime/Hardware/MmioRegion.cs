using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>A range of bus addresses with a device behind it.</summary>
/// <param name="Base">The first address.</param>
/// <param name="Size">The bytes of the range, whole pages.</param>
/// <param name="Handler">The device.</param>
[DebuggerDisplay("{Base}+{Size,h}")]
internal sealed record MmioRegion(ulong Base, ulong Size, IMmioHandler Handler)
{
    public bool Contains(ulong address) => address - Base < Size;
}
