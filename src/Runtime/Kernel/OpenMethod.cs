using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The <c>open</c> method of a device: a file was opened on it.</summary>
/// <param name="inode">The device's node, already counted for the file.</param>
/// <param name="file">The file; <see cref="OpenFile.PrivateData"/> is the driver's.</param>
/// <returns><see cref="Errno.None"/>, or the error that <c>open</c> fails with.</returns>
public delegate Errno OpenMethod(Inode inode, OpenFile file);
