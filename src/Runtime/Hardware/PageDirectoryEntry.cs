using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>An entry of the top table level and where it stands: what the kernel's <c>pgd_t *</c> points to.</summary>
/// <param name="Location">The physical address of the entry itself.</param>
/// <param name="Value">Its bits as they stood when it was looked up.</param>
/// <remarks>Where the middle level is folded into this one, as on i386, an entry is never none and never bad: ask the middle one.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct PageDirectoryEntry(PhysicalAddress Location, ulong Value)
{
    /// <summary>Whether nothing stands here and the level exists (<c>pgd_none</c>).</summary>
    public bool IsNone { get; internal init; }

    /// <summary>Whether the entry is neither none nor a table (<c>pgd_bad</c>).</summary>
    public bool IsBad { get; internal init; }

    /// <summary>Where the entry stands and its bits in hexadecimal: <c>00101400: 00123067</c>.</summary>
    public override string ToString() => $"{Location}: {Value:x8}";
}
