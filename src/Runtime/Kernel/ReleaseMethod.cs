using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The <c>release</c> method of a device: the last descriptor of a file was closed.</summary>
/// <remarks>In 2.0 a mapping does not keep the file open: areas of this file may still be alive.</remarks>
/// <param name="inode">The device's node.</param>
/// <param name="file">The file that goes away.</param>
public delegate void ReleaseMethod(Inode inode, OpenFile file);
