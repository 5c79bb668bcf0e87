using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The <c>lseek</c> method of a device: the position of a file is moved.</summary>
/// <param name="inode">The device's node.</param>
/// <param name="file">The file; the method sets <see cref="OpenFile.Position"/> itself.</param>
/// <param name="offset">How far, in bytes.</param>
/// <param name="whence">From where.</param>
/// <returns>The new position, or the error number made negative.</returns>
public delegate long LseekMethod(Inode inode, OpenFile file, long offset, SeekWhence whence);
