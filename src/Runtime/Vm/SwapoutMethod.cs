using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The <c>swapout</c> method: a dirty page is about to be stolen.</summary>
/// <param name="area">The area.</param>
/// <param name="offset">The offset of the page in bytes.</param>
/// <param name="entry">The entry that maps it.</param>
/// <returns><see cref="Errno.None"/>; anything else earns the process a <c>SIGBUS</c>.</returns>
public delegate Errno SwapoutMethod(VmArea area, ulong offset, PageTableEntry entry);
