using MmapAnalyzers.Annotations;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The methods of a device (<c>struct file_operations</c>); an empty slot means what it means in the kernel.</summary>
public sealed class FileOperations
{
    /// <summary>Called by <c>lseek</c>; empty: the core moves <see cref="OpenFile.Position"/>, to anywhere that is not negative.</summary>
    public LseekMethod? Lseek { get; init; }

    /// <summary>Called by <c>read</c> after the buffer was verified; empty: <c>read</c> fails with <c>EINVAL</c>.</summary>
    public ReadMethod? Read { get; init; }

    /// <summary>Called by <c>write</c> after the buffer was verified; empty: <c>write</c> fails with <c>EINVAL</c>.</summary>
    public WriteMethod? Write { get; init; }

    /// <summary>Called by <c>ioctl</c>; empty: <c>ioctl</c> fails with <c>ENOTTY</c>.</summary>
    public IoctlMethod? Ioctl { get; init; }

    /// <summary>Called by <c>mmap</c> (<c>do_mmap</c>) after all checks of the core; empty: <c>mmap</c> fails with <c>ENODEV</c>.</summary>
    [Role("mmap", Success = Outcome.Zero)]
    public MmapMethod? Mmap { get; init; }

    /// <summary>Called by <c>open</c>; empty: opening always succeeds.</summary>
    public OpenMethod? Open { get; init; }

    /// <summary>Called when the last descriptor of a file is closed; empty: nothing to do.</summary>
    public ReleaseMethod? Release { get; init; }

    /// <summary>Called by <c>fsync</c>; empty: <c>fsync</c> fails with <c>EINVAL</c>.</summary>
    public FsyncMethod? Fsync { get; init; }
}
