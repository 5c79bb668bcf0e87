using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The <c>advise</c> method, which 2.0.40 never calls.</summary>
/// <param name="area">The area.</param>
/// <param name="start">The first address.</param>
/// <param name="length">How many bytes.</param>
/// <param name="advice">The advice.</param>
public delegate void AdviseMethod(VmArea area, UserAddress start, ulong length, uint advice);
