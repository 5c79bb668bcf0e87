using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The <c>read</c> method of a device: bytes go to the user.</summary>
/// <param name="inode">The device's node.</param>
/// <param name="file">The file; the method moves <see cref="OpenFile.Position"/> itself.</param>
/// <param name="buffer">Where the bytes go: areas that may be written, checked by the core. Reached with <see cref="LinuxKernel.CopyToUser"/>.</param>
/// <param name="count">How many bytes are wanted, at least 1.</param>
/// <returns>How many there were, 0 at the end, or the error number made negative.</returns>
public delegate int ReadMethod(Inode inode, OpenFile file, UserAddress buffer, int count);
