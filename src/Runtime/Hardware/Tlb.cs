using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>Remembers a process's translations to memory, direct-mapped by page number; it grows with what the process touches.</summary>
/// <remarks>
/// <para>Loads and stores have tables of their own, so that the first store to a page is seen and its dirty bit set. Devices are never remembered.</para>
/// <para>
/// Only the thread that runs the process reads it, without a lock, and fills it, with the kernel's lock. An entry holds for one translation context; who takes
/// a page away, on whatever thread, gives the address space a new context first and then waits for a store that began before (<see cref="WaitForStore"/>).
/// A load that overlaps is noticed by the loader, who finds that the context has changed, and is repeated. No other thread touches the tables, not even when
/// the process loses its address space: contexts are never used twice.
/// </para>
/// </remarks>
internal sealed class Tlb(MachineProfile profile, PhysicalMemory memory)
{
    /// <summary>Bits of an entry's tag that hold the page number: enough for the user addresses of every profile.</summary>
    public const int PageNumberBits = 30;

    private const int FirstSize = 1 << 6;
    private const int LastSize = 1 << 14;

    private readonly int _shift = profile.PageShift;
    private readonly ulong _offsetMask = profile.OffsetMask;
    private Entry[] _loads = new Entry[FirstSize];
    private Entry[] _stores = new Entry[FirstSize];
    private int _loadEvictions;
    private int _storeEvictions;
    private bool _isStoring;

    /// <summary>Looks the page of a load up.</summary>
    /// <returns>Whether it is known and holds all bytes of the access.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryLoad(ulong context, ulong address, int size, out nuint host) => Try(_loads, context, address, size, out host);

    /// <summary>Looks the page of a store up, between <see cref="BeginStore"/> and <see cref="EndStore"/>.</summary>
    /// <returns>Whether it is known and holds all bytes of the access.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryStore(ulong context, ulong address, int size, out nuint host) => Try(_stores, context, address, size, out host);

    /// <summary>Looks up how many of the bytes from an address on can be loaded in one go: their pages are known and lie side by side.</summary>
    /// <returns>The number of bytes, 0 when already the first page is not known.</returns>
    public int FindLoadRun(ulong context, ulong address, int most, out nuint host) => FindRun(_loads, context, address, most, out host);

    /// <summary>The same for a store, between <see cref="BeginStore"/> and <see cref="EndStore"/>.</summary>
    /// <inheritdoc cref="FindLoadRun"/>
    public int FindStoreRun(ulong context, ulong address, int most, out nuint host) => FindRun(_stores, context, address, most, out host);

    /// <summary>A store begins: it reads the context after this.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginStore() => Volatile.Write(ref _isStoring, true);

    /// <summary>The store is done, or was not begun.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndStore() => Volatile.Write(ref _isStoring, false);

    /// <summary>Waits until a store that another thread is in the middle of is done; it is a few instructions.</summary>
    public void WaitForStore()
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref _isStoring))
            spin.SpinOnce();
    }

    public void Fill(ulong context, ulong address, ulong physical, bool write)
    {
        if (write)
            Fill(ref _stores, ref _storeEvictions, context, address, physical);
        else
            Fill(ref _loads, ref _loadEvictions, context, address, physical);
    }

    /// <summary>Forgets one page (<c>flush_tlb_page</c>); only the process's own thread may.</summary>
    public void Forget(ulong address)
    {
        ulong page = address >> _shift;
        Slot(_loads, page) = default;
        Slot(_stores, page) = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Try(Entry[] table, ulong context, ulong address, int size, out nuint host)
    {
        // An access across the end of a page has the tag of the next page and so is never found.
        ulong last = (address + (ulong)(size - 1)) >> _shift;
        ref Entry entry = ref Slot(table, address >> _shift);
        host = (nuint)(address + entry.Addend);
        return entry.Tag == (last | context);
    }

    private int FindRun(Entry[] table, ulong context, ulong address, int most, out nuint host)
    {
        int length = 0;
        host = 0;
        while (length < most)
        {
            ulong at = address + (ulong)length;
            int piece = (int)Math.Min(_offsetMask + 1 - (at & _offsetMask), (ulong)(most - length));
            if (!Try(table, context, at, piece, out nuint next) || (length > 0 && next != host + (nuint)length))
                break;
            if (length == 0)
                host = next;
            length += piece;
        }

        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Entry Slot(Entry[] table, ulong page) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(table), (nuint)(page & ((uint)table.Length - 1)));

    private void Fill(ref Entry[] table, ref int evictions, ulong context, ulong address, ulong physical)
    {
        ulong page = address >> _shift;
        if (Slot(table, page).Tag > context && table.Length < LastSize && ++evictions > table.Length / 2)
        {
            table = Grown(table);
            evictions = 0;
        }

        Slot(table, page) = new Entry(page | context, memory.HostAddress(physical & ~_offsetMask) - (address & ~_offsetMask));
    }

    private static Entry[] Grown(Entry[] table)
    {
        var grown = new Entry[table.Length * 2];
        foreach (Entry entry in table)
            Slot(grown, entry.Tag & ((1UL << PageNumberBits) - 1)) = entry;
        return grown;
    }

    /// <param name="Tag">The page number, and the context above it.</param>
    /// <param name="Addend">What added to an address of the page gives the place of its byte in the host's memory, which does not move.</param>
    private readonly record struct Entry(ulong Tag, ulong Addend);
}
