namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What <c>do_mmap</c> needs to know of an open file.</summary>
internal interface IMappable
{
    bool CanRead { get; }

    bool CanWrite { get; }

    /// <summary>Whether the device has an <c>mmap</c> method.</summary>
    bool HasMmap { get; }

    /// <summary>The module that the device's methods belong to.</summary>
    object? Module { get; }

    /// <summary>Calls the device's <c>mmap</c> method.</summary>
    Errno Map(VmArea area);
}
