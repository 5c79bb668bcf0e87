using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The <c>nopage</c> method: gives the page for an address that has none.</summary>
/// <param name="area">The area.</param>
/// <param name="address">The start of the page that was touched.</param>
/// <param name="noShare">The core will let the process write to exactly the page returned, so it must be a private copy.</param>
/// <returns>The <b>logical</b> address of a page, counted once for the new table entry, or <see cref="KernelAddress.Null"/>, which earns the process a <c>SIGBUS</c>.</returns>
public delegate KernelAddress NopageMethod(VmArea area, UserAddress address, bool noShare);
