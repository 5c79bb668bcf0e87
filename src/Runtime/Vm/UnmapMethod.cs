using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The <c>unmap</c> method: part of an area is about to be unmapped.</summary>
/// <param name="area">The area, still whole.</param>
/// <param name="start">The first address that goes.</param>
/// <param name="length">How many bytes go.</param>
public delegate void UnmapMethod(VmArea area, UserAddress start, ulong length);
