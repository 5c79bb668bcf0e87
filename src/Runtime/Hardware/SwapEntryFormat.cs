namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>How a table entry says where a page was swapped to (<c>SWP_ENTRY</c>): a type of seven bits, and an offset above it.</summary>
/// <remarks>The processor sees no present bit. Slot 0 of a device is never used, so no swap entry is all zero.</remarks>
/// <param name="TypeShift">Where the type starts.</param>
/// <param name="OffsetShift">Where the offset starts.</param>
internal readonly record struct SwapEntryFormat(int TypeShift, int OffsetShift)
{
    /// <summary>Types with this bit belong to no swap device: shared memory and drivers keep notes of their own in such entries (<c>SHM_SWP_TYPE</c>).</summary>
    public const int ForeignType = 0x40;

    private const ulong TypeMask = 0x7f;

    public ulong Encode(int type, ulong offset) => ((ulong)type << TypeShift) | (offset << OffsetShift);

    public int TypeOf(ulong entry) => (int)((entry >> TypeShift) & TypeMask);

    public ulong OffsetOf(ulong entry) => entry >> OffsetShift;

    public bool IsForeign(ulong entry) => (TypeOf(entry) & ForeignType) != 0;

    /// <summary>The entry in words: <c>swap 1:0003</c>.</summary>
    public string Describe(ulong entry) => IsForeign(entry) ? $"swap own:{OffsetOf(entry):x4}" : $"swap {TypeOf(entry)}:{OffsetOf(entry):x4}";
}
