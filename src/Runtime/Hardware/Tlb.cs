using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>Remembers translations to memory, direct-mapped by page number. An address space is flushed by giving it a new context number.</summary>
/// <remarks>Loads and stores have tables of their own, so that the first store to a page is seen and its dirty bit set. Devices are never remembered.</remarks>
internal sealed class Tlb(MachineProfile profile)
{
    private const int EntryCount = 1 << 14;

    private readonly Entry[] _loads = new Entry[EntryCount];
    private readonly Entry[] _stores = new Entry[EntryCount];
    private readonly int _shift = profile.PageShift;
    private readonly ulong _offsetMask = profile.OffsetMask;
    private uint _lastContext;

    /// <summary>A number that no entry carries.</summary>
    public uint NewContext()
    {
        if (++_lastContext != 0)
            return _lastContext;
        throw new InvalidOperationException("The machine has flushed its translations four thousand million times; build a new one.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryLoad(uint context, ulong address, int size, out ulong physical) => Try(_loads, context, address, size, out physical);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryStore(uint context, ulong address, int size, out ulong physical) => Try(_stores, context, address, size, out physical);

    public void Fill(uint context, ulong address, ulong physical, bool write)
    {
        ulong page = address >> _shift;
        (write ? _stores : _loads)[(int)(page & (EntryCount - 1))] = new Entry(page, context, (uint)(physical >> _shift));
    }

    /// <summary>Forgets one page of every context (<c>flush_tlb_page</c>).</summary>
    public void Forget(ulong address)
    {
        int slot = (int)((address >> _shift) & (EntryCount - 1));
        _loads[slot] = default;
        _stores[slot] = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Try(Entry[] table, uint context, ulong address, int size, out ulong physical)
    {
        ulong page = address >> _shift;
        ulong offset = address & _offsetMask;
        ref Entry entry = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(table), (nint)(page & (EntryCount - 1)));
        physical = ((ulong)entry.Frame << _shift) | offset;
        return entry.Page == page && entry.Context == context && offset + (ulong)size <= _offsetMask + 1;
    }

    private readonly record struct Entry(ulong Page, uint Context, uint Frame);
}
