using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class LinuxKernel
{
    /// <summary>Registers a driver (<c>register_chrdev</c>) and makes its node <c>/dev/<paramref name="name"/></c> with minor number 0, if there is none.</summary>
    /// <param name="major">The major number, 1 to 127; 0 asks for a free one, which the node then has.</param>
    /// <param name="name">The driver's name.</param>
    /// <param name="operations">Its methods. Those of a module end with the module.</param>
    /// <returns><see cref="Errno.None"/>; <see cref="Errno.EINVAL"/> for a number out of range; <see cref="Errno.EBUSY"/> for one that another driver has.</returns>
    public Errno RegisterCharDevice(int major, string name, FileOperations operations)
    {
        using KernelLock.Held held = Lock.Enter();
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(operations);
        return major < 0 ? Errno.EINVAL : _devices.Register(major, new CharDevice(name, operations, Context.Module as LoadedModule));
    }

    /// <summary>Takes a driver out of the table (<c>unregister_chrdev</c>). Its node stays, and opening it fails with <c>ENODEV</c>.</summary>
    /// <param name="major">The major number.</param>
    /// <param name="name">The name it was registered with.</param>
    /// <returns><see cref="Errno.None"/>, or <see cref="Errno.EINVAL"/> when no driver has this number and this name.</returns>
    public Errno UnregisterCharDevice(int major, string name)
    {
        using KernelLock.Held held = Lock.Enter();
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _devices.Unregister(major, name);
    }

    /// <summary>Makes a node for a character device (<c>mknod</c>).</summary>
    /// <param name="path">Its name.</param>
    /// <param name="major">The major number.</param>
    /// <param name="minor">The minor number.</param>
    /// <returns><see cref="Errno.None"/>, or <see cref="Errno.EEXIST"/>.</returns>
    public Errno MakeNode(string path, int major, int minor)
    {
        using KernelLock.Held held = Lock.Enter();
        ArgumentException.ThrowIfNullOrEmpty(path);
        return _nodes.MakeDevice(path, major, minor);
    }

    /// <summary>The device node or file with a name, or null. Its count is not touched.</summary>
    /// <param name="path">The name, such as <c>/dev/simple</c>.</param>
    public Inode? FindInode(string path)
    {
        using KernelLock.Held held = Lock.Enter();
        ArgumentNullException.ThrowIfNull(path);
        return _nodes.Find(path);
    }
}
