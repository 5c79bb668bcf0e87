using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The <c>swapout</c> method: a dirty page is about to be stolen, and its content is to be put away.</summary>
/// <remarks>
/// The core drops the entry's unit of the page afterwards. The entry itself becomes empty, so that <c>nopage</c> is asked again, unless the method
/// sets another one, such as a swap entry of its own for <c>swapin</c>.
/// </remarks>
/// <param name="area">The area.</param>
/// <param name="offset">The offset of the page in bytes.</param>
/// <param name="entry">The entry that maps it.</param>
/// <returns><see cref="Errno.None"/>; anything else earns the process a <c>SIGBUS</c>, and the page is lost all the same.</returns>
public delegate Errno SwapoutMethod(VmArea area, ulong offset, PageTableEntry entry);
