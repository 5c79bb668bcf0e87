using MmapAnalyzers.Annotations;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The methods of a device (<c>struct file_operations</c>); an empty slot means what it means in the kernel.</summary>
public sealed class FileOperations
{
    /// <summary>Called by <c>open</c>; empty: opening always succeeds.</summary>
    public OpenMethod? Open { get; init; }

    /// <summary>Called when the last descriptor of a file is closed; empty: nothing to do.</summary>
    public ReleaseMethod? Release { get; init; }

    /// <summary>Called by <c>mmap</c> (<c>do_mmap</c>) after all checks of the core; empty: <c>mmap</c> fails with <c>ENODEV</c>.</summary>
    [Role("mmap", Success = Outcome.Zero)]
    public MmapMethod? Mmap { get; init; }
}
