using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The <c>ioctl</c> method of a device: a request of its own kind.</summary>
/// <param name="inode">The device's node.</param>
/// <param name="file">The file.</param>
/// <param name="command">The request; <see cref="Errno.EINVAL"/> is the usual answer of a 2.0 driver to one that it does not know.</param>
/// <param name="argument">A number, or a user address that the method has to check itself with <see cref="LinuxKernel.VerifyArea"/>.</param>
/// <returns>Zero or more for success, or the error number made negative.</returns>
public delegate int IoctlMethod(Inode inode, OpenFile file, uint command, ulong argument);
