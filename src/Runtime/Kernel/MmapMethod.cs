using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The <c>mmap</c> method of a device: sets up a mapping of it.</summary>
/// <remarks>
/// The area is not yet in the address space and what was mapped at its addresses is already gone. On an error the core forgets the area:
/// it neither calls <c>close</c> nor takes back entries that <see cref="LinuxKernel.RemapPageRange(Hardware.UserAddress, ulong, ulong, Hardware.PageProtection)"/> made.
/// </remarks>
/// <param name="inode">The device's node; the method counts it when it sets <see cref="VmArea.Inode"/>.</param>
/// <param name="file">The open file.</param>
/// <param name="area">The new area; <see cref="VmArea.Operations"/> and <see cref="VmArea.Inode"/> are null.</param>
/// <returns><see cref="Errno.None"/>, or the error that <c>mmap</c> fails with.</returns>
public delegate Errno MmapMethod(Inode inode, OpenFile file, VmArea area);
