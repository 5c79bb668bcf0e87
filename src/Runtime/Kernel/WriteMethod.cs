using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The <c>write</c> method of a device: bytes come from the user.</summary>
/// <param name="inode">The device's node.</param>
/// <param name="file">The file; the method moves <see cref="OpenFile.Position"/> itself.</param>
/// <param name="buffer">Where the bytes are: areas that may be read, checked by the core. Reached with <see cref="LinuxKernel.CopyFromUser"/>.</param>
/// <param name="count">How many bytes there are, at least 1.</param>
/// <returns>How many were taken, or the error number made negative.</returns>
public delegate int WriteMethod(Inode inode, OpenFile file, UserAddress buffer, int count);
