using System.Numerics;
using System.Runtime.InteropServices;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Gives everything that a whole table maps one more user (<c>copy_one_pte</c> for each of its entries).</summary>
/// <remarks>What is the same for all entries is looked up once: a fork of much memory does little else.</remarks>
internal sealed class TableSharer(VmSystem vm)
{
    private readonly PageTableFormat _format = vm.Profile.PageTable;
    private readonly PageStates _states = vm.MemMap.States;

    /// <summary>Shares a table of the lowest level.</summary>
    /// <param name="table">Where it stands.</param>
    /// <param name="copyOnWrite">Whether counted pages are write-protected, as those of a private area are.</param>
    public void Share(ulong table, bool copyOnWrite)
    {
        Span<byte> bytes = vm.Hardware.Memory.Bytes(table, vm.Profile.PteTableSize);
        if (_format.EntrySize == sizeof(ulong))
            Share(MemoryMarshal.Cast<byte, ulong>(bytes), copyOnWrite);
        else
            Share(MemoryMarshal.Cast<byte, uint>(bytes), copyOnWrite);
    }

    private void Share<T>(Span<T> entries, bool copyOnWrite)
        where T : unmanaged, IBinaryInteger<T>
    {
        Span<int> counts = _states.Counts;
        ReadOnlySpan<PageFlags> flags = _states.AllFlags;
        ulong present = _format.Present;
        ulong frameMask = _format.FrameMask;
        int right = Math.Max(_format.FrameShift, 0) + vm.Profile.PageShift;
        int left = Math.Max(-_format.FrameShift, 0);
        EntryBits writable = _format.Writable;
        for (int i = 0; i < entries.Length; i++)
        {
            ulong entry = ulong.CreateTruncating(entries[i]);
            if ((entry & present) == 0)
            {
                if (entry != 0)
                    vm.Swap.Hold(entry);
                continue;
            }

            ulong frame = ((entry & frameMask) << left) >> right;
            if (frame >= (ulong)counts.Length || (flags[(int)frame] & PageFlags.Reserved) != 0)
                continue;
            counts[(int)frame]++;
            ulong shared = copyOnWrite ? writable.Take(entry) : entry;

            // The tables of much memory fill a cache: what an earlier fork has protected is not written again.
            if (shared != entry)
                entries[i] = T.CreateTruncating(shared);
        }
    }
}
