namespace MmapAnalyzers.Differential.Programs;

/// <summary>The place where both sides work, at the same addresses.</summary>
internal static class Arena
{
    public const ulong PageSize = 4096;
    public const int Pages = 64;
    public const ulong Size = Pages * PageSize;

    /// <summary>The first address: a third of the way up the user's addresses of i386, and below all that a 64-bit process has of itself.</summary>
    public const ulong Start = 0x4000_0000;

    public const ulong End = Start + Size;

    /// <summary>The pages of the device; a mapping may reach beyond them.</summary>
    public const int DevicePages = 24;

    public const ulong DeviceSize = DevicePages * PageSize;

    /// <summary>The offset of the page behind the arena, which keeps mappings from growing out of it and which nothing in the arena can be merged with.</summary>
    public const ulong GuardOffset = 1 << 24;

    /// <summary>The first process and its children.</summary>
    public const int Processes = 3;

    public static bool Holds(ulong address, ulong length) => address >= Start && address <= End && length <= End - address;

    public static ulong PageEnd(ulong address) => (address + PageSize - 1) & ~(PageSize - 1);

    /// <summary>What a byte of the device holds when a program starts.</summary>
    public static void FillDevice(Span<byte> device)
    {
        for (int i = 0; i < device.Length; i++)
            device[i] = (byte)((i >> 12) + 1 + (i * 7));
    }
}
