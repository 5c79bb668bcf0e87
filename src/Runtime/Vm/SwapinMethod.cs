using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The <c>swapin</c> method: a page that <c>swapout</c> put away is touched.</summary>
/// <param name="area">The area.</param>
/// <param name="offset">The offset of the page in bytes.</param>
/// <param name="entry">The swap entry found in the table.</param>
/// <returns>The entry to install.</returns>
public delegate PageTableEntry SwapinMethod(VmArea area, ulong offset, ulong entry);
