using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>A driver did what a kernel does not survive unharmed: it threw, touched an address that is none, or was called after its module left.</summary>
/// <param name="Module">The module whose code it was; null for a driver that no module registered.</param>
/// <param name="Callback">The method that was called, such as <c>mmap</c> or <c>nopage</c>.</param>
/// <param name="Exception">What it threw, with the stack.</param>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record Oops(string? Module, string Callback, Exception Exception)
{
    /// <summary>One line: where and what.</summary>
    public override string ToString() => $"Oops in {Callback} of {Module ?? "the kernel"}: {Exception.Message}";
}
