using System.Runtime.CompilerServices;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>Remembers a process's translations to memory; it grows with what the process touches.</summary>
/// <remarks>
/// <para>Loads and stores have tables of their own, so that the first store to a page is seen and its dirty bit set. Devices are never remembered.</para>
/// <para>
/// Only the thread that runs the process reads it, without a lock, and fills it, with the kernel's lock. Who takes a page away, on whatever thread, has
/// everything forgotten first (<see cref="Forget()"/>), which no more than begins a new context, and then waits for a store that began before
/// (<see cref="WaitForStore"/>). A load that overlaps is noticed by the loader, who finds that the context has changed, and is repeated.
/// </para>
/// <para>It is a part of the process itself, and not an object that would have to be found for each access.</para>
/// </remarks>
internal struct Tlb()
{
    private TlbTable _loads = new(context: 1);
    private TlbTable _stores = new(context: 1);

    // 1 while a store is on its way.
    private int _storesUnderWay;

    /// <summary>What loads look up with, which changes when something was forgotten.</summary>
    public readonly ulong LoadKey
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _loads.Key;
    }

    /// <summary>Looks the page of a load up.</summary>
    /// <returns>Whether it is known and holds all bytes of the access.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryLoad(ulong key, ulong address, int size, out nuint host) => _loads.Try(key, address, size, out host);

    /// <summary>Looks the page of a store up, between <see cref="BeginStore"/> and <see cref="EndStore"/>.</summary>
    /// <returns>Whether it is known and holds all bytes of the access.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryStore(ulong address, int size, out nuint host) => _stores.Try(_stores.Key, address, size, out host);

    /// <summary>Looks up how many of the bytes from an address on can be loaded in one go: their pages are known and lie side by side.</summary>
    /// <returns>The number of bytes, 0 when already the first page is not known.</returns>
    public readonly int FindLoadRun(ulong key, ulong address, int most, out nuint host) => FindRun(in _loads, key, address, most, out host);

    /// <summary>The same for a store, between <see cref="BeginStore"/> and <see cref="EndStore"/>.</summary>
    /// <inheritdoc cref="FindLoadRun"/>
    public readonly int FindStoreRun(ulong address, int most, out nuint host) => FindRun(in _stores, _stores.Key, address, most, out host);

    /// <summary>A store begins: it looks up after this.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginStore() => Volatile.Write(ref _storesUnderWay, 1);

    /// <summary>The store is done, or was not begun.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndStore() => Volatile.Write(ref _storesUnderWay, 0);

    /// <summary>Waits until a store that another thread is in the middle of is done; it is a few instructions.</summary>
    public readonly void WaitForStore()
    {
        var spin = default(SpinWait);
        while (Volatile.Read(in _storesUnderWay) != 0)
            spin.SpinOnce();
    }

    public void Fill(ulong address, nuint host, bool write)
    {
        if (write)
            _stores.Fill(address, host - address);
        else
            _loads.Fill(address, host - address);
    }

    /// <summary>Forgets everything; any thread may that holds the kernel's lock.</summary>
    public void Forget()
    {
        _loads.Renew();
        _stores.Renew();
    }

    /// <summary>Forgets one page; only the process's own thread may.</summary>
    public readonly void Forget(ulong address, ulong pageSize)
    {
        ulong start = address & ~(pageSize - 1);
        for (ulong at = start; at < start + pageSize; at += TlbTable.PieceSize)
        {
            _loads.Forget(at);
            _stores.Forget(at);
        }
    }

    private static int FindRun(in TlbTable table, ulong key, ulong address, int most, out nuint host)
    {
        int length = 0;
        host = 0;
        while (length < most)
        {
            ulong at = address + (ulong)length;
            int piece = (int)Math.Min(TlbTable.PieceSize - (at & (TlbTable.PieceSize - 1)), (ulong)(most - length));
            if (!table.Try(key, at, piece, out nuint next) || (length > 0 && next != host + (nuint)length))
                break;
            if (length == 0)
                host = next;
            length += piece;
        }

        return length;
    }
}
