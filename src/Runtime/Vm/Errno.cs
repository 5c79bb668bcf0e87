namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The kernel's error numbers, positive as in <c>asm/errno.h</c>; <see cref="None"/> is success.</summary>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Operation not permitted.</summary>
    EPERM = 1,

    /// <summary>No such file or directory, or no such module.</summary>
    ENOENT = 2,

    /// <summary>No such process.</summary>
    ESRCH = 3,

    /// <summary>Interrupted system call.</summary>
    EINTR = 4,

    /// <summary>Input or output error.</summary>
    EIO = 5,

    /// <summary>No such device or address: the usual answer of a driver to an offset it does not have.</summary>
    ENXIO = 6,

    /// <summary>Bad file descriptor.</summary>
    EBADF = 9,

    /// <summary>Try again: a resource is short for now.</summary>
    EAGAIN = 11,

    /// <summary>Out of memory, or of address space.</summary>
    ENOMEM = 12,

    /// <summary>The file's mode or the area's flags forbid it.</summary>
    EACCES = 13,

    /// <summary>Bad address.</summary>
    EFAULT = 14,

    /// <summary>Device, resource or module in use.</summary>
    EBUSY = 16,

    /// <summary>The name exists already.</summary>
    EEXIST = 17,

    /// <summary>No such device, or the device cannot do this.</summary>
    ENODEV = 19,

    /// <summary>Invalid argument.</summary>
    EINVAL = 22,

    /// <summary>Too many open files in the system.</summary>
    ENFILE = 23,

    /// <summary>Too many open files in the process.</summary>
    EMFILE = 24,

    /// <summary>Not a typewriter: the device does not know the request.</summary>
    ENOTTY = 25,

    /// <summary>File too large.</summary>
    EFBIG = 27,

    /// <summary>No space left on the device.</summary>
    ENOSPC = 28,

    /// <summary>Illegal seek: a pipe has no position.</summary>
    ESPIPE = 29,

    /// <summary>Broken pipe: nobody is left to read it.</summary>
    EPIPE = 32,

    /// <summary>Number out of range.</summary>
    ERANGE = 34,

    /// <summary>Function not implemented.</summary>
    ENOSYS = 38,

    /// <summary>The segment was removed, and its number belongs to nobody or to another one.</summary>
    EIDRM = 43,
}
