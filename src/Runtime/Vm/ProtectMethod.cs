using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The <c>protect</c> method, which 2.0.40 never calls.</summary>
/// <param name="area">The area.</param>
/// <param name="start">The first address that changes.</param>
/// <param name="length">How many bytes change.</param>
/// <param name="newFlags">The new flags.</param>
public delegate void ProtectMethod(VmArea area, UserAddress start, ulong length, VmFlags newFlags);
