using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>A disk that pages are written to when memory is short (<c>swap_info_struct</c>): slots from 1 on, each with a count of the entries that name it.</summary>
[DebuggerDisplay("{FreeCount} of {Count} free")]
internal sealed class SwapDevice(int pages, int pageSize)
{
    // Slot 0 holds the disk's own header.
    private readonly int[] _users = new int[pages + 1];
    private readonly byte[]?[] _contents = new byte[]?[pages + 1];
    private int _lowest = 1;

    /// <summary>The slots.</summary>
    public int Count => _users.Length - 1;

    /// <summary>The slots that nobody uses.</summary>
    public int FreeCount { get; private set; } = pages;

    /// <summary>Takes the lowest free slot, with one user.</summary>
    /// <returns>Its number, or 0 when the device is full.</returns>
    public int Take()
    {
        if (FreeCount == 0)
            return 0;
        while (_users[_lowest] != 0)
            _lowest++;
        _users[_lowest] = 1;
        FreeCount--;
        return _lowest;
    }

    /// <summary>The entries that name a slot.</summary>
    public int UsersOf(int slot) => _users[slot];

    /// <summary>Whether there is such a slot and it is in use.</summary>
    public bool IsUsed(ulong slot) => slot < (ulong)_users.Length && _users[slot] > 0;

    /// <summary>One more entry names a slot in use.</summary>
    public void Hold(ulong slot) => _users[slot]++;

    /// <summary>An entry that named a slot in use is gone; the slot is free with the last one.</summary>
    public void Drop(ulong slot)
    {
        if (--_users[slot] > 0)
            return;
        FreeCount++;
        _lowest = Math.Min(_lowest, (int)slot);
    }

    public void Write(ulong slot, ReadOnlySpan<byte> page) => page.CopyTo(_contents[slot] ??= new byte[pageSize]);

    public void Read(ulong slot, Span<byte> page) => _contents[slot].CopyTo(page);
}
