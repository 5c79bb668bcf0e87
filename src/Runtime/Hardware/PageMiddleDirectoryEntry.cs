using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>An entry of the middle table level and where it stands: what the kernel's <c>pmd_t *</c> points to.</summary>
/// <param name="Location">The physical address of the entry itself.</param>
/// <param name="Value">Its bits as they stood when it was looked up.</param>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct PageMiddleDirectoryEntry(PhysicalAddress Location, ulong Value)
{
    /// <summary>Whether no table hangs here (<c>pmd_none</c>).</summary>
    public bool IsNone => Value == 0;

    /// <summary>Whether the entry is neither none nor a table (<c>pmd_bad</c>).</summary>
    public bool IsBad { get; internal init; }

    /// <summary>Where the entry stands and its bits in hexadecimal: <c>00101400: 00123067</c>.</summary>
    public override string ToString() => $"{Location}: {Value:x8}";
}
