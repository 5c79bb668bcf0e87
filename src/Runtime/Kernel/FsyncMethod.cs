using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The <c>fsync</c> method of a device: what is on its way is to arrive.</summary>
/// <param name="inode">The device's node.</param>
/// <param name="file">The file.</param>
/// <returns><see cref="Errno.None"/>; any error becomes <see cref="Errno.EIO"/> for the user.</returns>
public delegate Errno FsyncMethod(Inode inode, OpenFile file);
