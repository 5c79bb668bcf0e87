using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The <c>swapin</c> method: a page is touched whose entry is neither empty nor present.</summary>
/// <param name="area">The area.</param>
/// <param name="offset">The offset of the page in bytes.</param>
/// <param name="entry">What stands in the table: what the area's own methods put there, or a swap entry.</param>
/// <returns>The entry to install; its page comes with one unit of its count.</returns>
public delegate PageTableEntry SwapinMethod(VmArea area, ulong offset, ulong entry);
