using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>Translations of one kind, direct-mapped by the place in the address space; nothing is taken up before the first.</summary>
/// <remarks>
/// What is remembered are pieces of 4096 bytes, whatever the size of a page is: a number known to the compiler need not be loaded. Loads are what an access
/// consists of, and so the two other numbers that it needs, the table's size and the context that entries must be of, are one word, the key.
/// </remarks>
/// <param name="context">The context to begin with, from 1.</param>
internal struct TlbTable(uint context)
{
    private const int PieceShift = 12;
    private const int EntryShift = 4;
    private const int FirstSize = 1 << 6;
    private const int LastSize = 1 << 14;

    /// <summary>From one context to the next: more than every offset in the table, and than the number of every piece that is remembered.</summary>
    private const ulong Step = 1UL << 32;

    private static readonly Entry[] Nothing = GC.AllocateArray<Entry>(1, pinned: true);

    private Entry[] _entries = Nothing;

    // The array does not move.
    private nuint _first = PlaceOf(Nothing);

    // The context, and below it the offset of the last entry, which is the mask of all offsets.
    private ulong _key = context * Step;
    private int _evictions;

    public const ulong PieceSize = 1UL << PieceShift;

    /// <summary>What entries that hold now are found with: who looks up reads it first, and who loaded, again.</summary>
    public readonly ulong Key
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(in _key);
    }

    /// <summary>Finds where the host has the byte at an address.</summary>
    /// <param name="key">The key, read once for all that an access needs.</param>
    /// <param name="address">The address.</param>
    /// <param name="size">The bytes of the access, which is not found when it crosses the end of a piece.</param>
    /// <param name="host">The place, when the result is true.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Try(ulong key, ulong address, int size, out nuint host)
    {
        ref Entry entry = ref Slot(address, key);
        host = (nuint)(address + entry.Addend);
        return entry.Tag == Tag(address + (ulong)(size - 1), key);
    }

    /// <summary>Forgets everything: entries of an earlier context are not found. Any thread that holds the kernel's lock may.</summary>
    public void Renew()
    {
        ulong key = _key + Step;

        // After the last context comes the first one again.
        if (key < Step)
        {
            key += Step;
            foreach (ref Entry entry in _entries.AsSpan())
                entry.Tag = 0;
        }

        Volatile.Write(ref _key, key);
    }

    /// <summary>Remembers a piece; where too many of the present push each other out, the table grows first.</summary>
    /// <param name="address">An address in it.</param>
    /// <param name="addend">What added to the address gives the place of its byte in the host's memory, which does not move.</param>
    public void Fill(ulong address, ulong addend)
    {
        if (_entries.Length < FirstSize)
            Grow(FirstSize);
        else if (IsPresent(Slot(address, _key)) && _entries.Length < LastSize && ++_evictions > _entries.Length / 2)
            Grow(_entries.Length * 2);
        Put(address, addend);
    }

    /// <summary>Forgets one piece.</summary>
    public readonly void Forget(ulong address) => Slot(address, _key).Tag = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref Entry Slot(ulong address, ulong key) =>
        ref Unsafe.AddByteOffset(ref Unsafe.NullRef<Entry>(), _first + ((uint)(address >> (PieceShift - EntryShift)) & (uint)key));

    // A sum, not bits side by side: no address, however large, is taken for another one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Tag(ulong address, ulong key) => (address >> PieceShift) + key;

    private readonly void Put(ulong address, ulong addend) => Slot(address, _key) = new Entry { Tag = Tag(address, _key), Addend = addend };

    // Entries of earlier contexts have less than the key alone.
    private readonly bool IsPresent(in Entry entry) => entry.Tag >= _key;

    private void Grow(int size)
    {
        Entry[] old = _entries;
        ulong oldKey = _key;
        _entries = GC.AllocateArray<Entry>(size, pinned: true);
        _first = PlaceOf(_entries);
        _key = (oldKey & ~(Step - 1)) | (uint)((size - 1) << EntryShift);
        _evictions = 0;
        foreach (Entry entry in old)
        {
            if (entry.Tag >= oldKey)
                Put((entry.Tag - oldKey) << PieceShift, entry.Addend);
        }
    }

    private static nuint PlaceOf(Entry[] entries) => (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(entries, 0);

    [StructLayout(LayoutKind.Sequential, Size = 1 << EntryShift)]
    private struct Entry
    {
        /// <summary>The number of the piece and the key, added; 0 is never found.</summary>
        public ulong Tag;

        public ulong Addend;
    }
}
