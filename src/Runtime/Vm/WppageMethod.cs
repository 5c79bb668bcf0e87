using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The <c>wppage</c> method, which 2.0.40 never calls.</summary>
/// <param name="area">The area.</param>
/// <param name="address">The start of the page written to.</param>
/// <param name="page">The page mapped there.</param>
/// <returns>The page to map instead.</returns>
public delegate KernelAddress WppageMethod(VmArea area, UserAddress address, KernelAddress page);
