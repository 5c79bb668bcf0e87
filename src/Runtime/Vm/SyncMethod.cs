using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The <c>sync</c> method: pages are to be written back.</summary>
/// <param name="area">The area.</param>
/// <param name="start">The first address.</param>
/// <param name="length">How many bytes.</param>
/// <param name="flags">The <c>MS_</c> flags of <c>msync</c>, with the numbers of the architecture (<see cref="FlagNumbers"/>).</param>
/// <returns><see cref="Errno.None"/>, or the error of <c>msync</c>.</returns>
public delegate Errno SyncMethod(VmArea area, UserAddress start, ulong length, uint flags);
