using System.Diagnostics;
using System.Globalization;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>An entry of the lowest table level as it stood when it was read: the kernel's <c>pte_t</c>.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct PageTableEntry
{
    private readonly PageTableFormat _format;

    internal PageTableEntry(PageTableFormat format, ulong value)
    {
        _format = format;
        Value = value;
    }

    /// <summary>The bits of the entry.</summary>
    public ulong Value { get; }

    /// <summary>Whether nothing is mapped here (<c>pte_none</c>).</summary>
    public bool IsNone => Value == 0;

    /// <summary>Whether the processor follows the entry (<c>pte_present</c>).</summary>
    public bool IsPresent => _format is not null && (Value & _format.Present) != 0;

    /// <summary>Whether the page may be written (<c>pte_write</c>).</summary>
    public bool IsWritable => IsPresent && _format.Writable.In(Value);

    /// <summary>Whether user mode may load from the page.</summary>
    public bool IsUser => IsPresent && _format.UserLoad.In(Value);

    /// <summary>Whether the page is kept out of the cache; never on alpha, whose entries have no bit for it.</summary>
    public bool IsCacheDisabled => IsPresent && _format.Uncached.Mask != 0 && _format.Uncached.In(Value);

    /// <summary>Whether the page was written since the bit was last cleared (<c>pte_dirty</c>).</summary>
    public bool IsDirty => IsPresent && (Value & _format.Dirty) == _format.Dirty;

    /// <summary>Whether the page was used since the bit was last cleared (<c>pte_young</c>).</summary>
    public bool IsAccessed => IsPresent && (Value & _format.Accessed) == _format.Accessed;

    /// <summary>The physical address of the frame.</summary>
    public PhysicalAddress Frame => new(_format is null ? 0 : _format.Frame(Value));

    /// <summary>The frame and the flags in words, as in <c>00123000 present rw user dirty</c>; where the page is when it was swapped out, as in <c>swap 1:0003</c>.</summary>
    public override string ToString()
    {
        if (IsNone)
            return "none";
        if (!IsPresent)
            return _format.Swap.Describe(Value);
        string text = Frame.Value.ToString(_format.EntrySize == sizeof(ulong) ? "x16" : "x8", CultureInfo.InvariantCulture);
        text += " present";
        Append(ref text, IsWritable, "rw");
        Append(ref text, IsUser, "user");
        Append(ref text, IsCacheDisabled, "pcd");
        Append(ref text, IsAccessed, "accessed");
        Append(ref text, IsDirty, "dirty");
        return text;
    }

    private static void Append(ref string text, bool set, string word) => text += set ? " " + word : "";
}
