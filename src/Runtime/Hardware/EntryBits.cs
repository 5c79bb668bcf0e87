namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>A property of a page table entry: the bits that hold it, and how they stand when the entry has it.</summary>
/// <remarks>A mask of zero is a property that the machine does not know: every entry has it and nothing changes it.</remarks>
/// <param name="Mask">The bits that matter.</param>
/// <param name="Value">How they stand when the property is there.</param>
public readonly record struct EntryBits(ulong Mask, ulong Value)
{
    /// <summary>The property that is there when all of <paramref name="bits"/> are ones.</summary>
    public static EntryBits Ones(ulong bits) => new(bits, bits);

    /// <summary>The property that is there when all of <paramref name="bits"/> are zeros.</summary>
    public static EntryBits Zeros(ulong bits) => new(bits, 0);

    /// <summary>Whether an entry has the property.</summary>
    public bool In(ulong entry) => (entry & Mask) == Value;

    /// <summary>The entry with the property.</summary>
    public ulong Give(ulong entry) => (entry & ~Mask) | Value;

    /// <summary>The entry without the property.</summary>
    public ulong Take(ulong entry) => (entry & ~Mask) | (~Value & Mask);
}
