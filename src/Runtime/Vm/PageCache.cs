using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The pages of files that are in memory, by inode and offset. The cache holds each of them by one unit of its count.</summary>
/// <remarks>A page that nobody else counts equals what the disk has, because writing back comes before unmapping: it can be dropped at any time.</remarks>
internal sealed class PageCache(MachineHardware hardware, MemMap memMap)
{
    private readonly MachineProfile _profile = hardware.Profile;
    private Slot[]? _slots;
    private int _clock;

    /// <summary>Whether a frame holds a page of a file.</summary>
    public bool Holds(int frame) => _slots?[frame].Inode is not null;

    /// <summary>The pages in the cache (<c>page_cache_size</c>).</summary>
    public int Count { get; private set; }

    /// <summary>The cached page at an offset (<c>find_page</c>, without a unit), or null.</summary>
    public Page? Find(Inode inode, ulong offset)
    {
        if (inode.CachedPages is not { } pages || !pages.TryGetValue(offset, out int frame))
            return null;
        _slots![frame].IsReferenced = true;
        return memMap[frame];
    }

    /// <summary>The cached page at an offset, read from the disk when it is not there (<c>readpage</c>); zeros beyond the end of the file.</summary>
    /// <returns>It, without a unit for the caller; null when memory is exhausted.</returns>
    public Page? FindOrRead(Inode inode, ulong offset)
    {
        if (Find(inode, offset) is { } found)
            return found;
        if (memMap.Allocate() is not { } page)
            return null;
        inode.Disk!.Read(offset, hardware.Memory.Frame(page.Number));
        _slots ??= new Slot[memMap.Count];
        _slots[page.Number] = new Slot { Inode = inode, Offset = offset, IsReferenced = true };
        (inode.CachedPages ??= []).Add(offset, page.Number);
        Count++;
        return page;
    }

    /// <summary>Writes bytes into those cached pages that they concern, as the disk has got them (<c>update_vm_cache</c>).</summary>
    public void Update(Inode inode, ulong position, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int offset = (int)(position & _profile.OffsetMask);
            ReadOnlySpan<byte> piece = bytes[..Math.Min(_profile.PageSize - offset, bytes.Length)];
            if (Find(inode, _profile.PageStart(position)) is { } page)
                piece.CopyTo(hardware.Memory.Frame(page.Number)[offset..]);
            bytes = bytes[piece.Length..];
            position += (ulong)piece.Length;
        }
    }

    /// <summary>Drops the pages beyond a size and clears the rest of the one that it lies in (<c>truncate_inode_pages</c>).</summary>
    public void Truncate(Inode inode, ulong size)
    {
        if (inode.CachedPages is not { } pages)
            return;
        foreach ((ulong offset, int frame) in pages)
        {
            if (offset >= size)
                Remove(frame);
            else if (size - offset < (ulong)_profile.PageSize)
                hardware.Memory.Frame(frame)[(int)(size - offset)..].Clear();
        }
    }

    /// <summary>Frees pages that only the cache holds and that were not used lately (<c>shrink_mmap</c>): the first time round a used one is spared.</summary>
    /// <param name="pages">How many to free.</param>
    /// <returns>How many were freed.</returns>
    public int Shrink(int pages)
    {
        int freed = 0;
        for (int left = 2 * (_slots?.Length ?? 0); left > 0 && freed < pages && Count > 0; left--)
        {
            int frame = _clock;
            _clock = (_clock + 1) % _slots!.Length;
            ref Slot slot = ref _slots[frame];
            if (slot.Inode is null)
                continue;
            bool isUsed = slot.IsReferenced || memMap[frame].Count != 1;
            slot.IsReferenced = memMap[frame].Count != 1;
            if (isUsed)
                continue;
            Remove(frame);
            freed++;
        }

        return freed;
    }

    /// <summary>Takes a page out of the cache when one entry is its only other user, which is about to go (<c>page_unuse</c>).</summary>
    /// <returns>Whether it was taken out.</returns>
    public bool Unuse(Page page)
    {
        if (page.Count != 2 || _slots?[page.Number].Inode is null)
            return false;
        Remove(page.Number);
        return true;
    }

    /// <summary>Gives every page back.</summary>
    public void Clear()
    {
        for (int frame = 0; Count > 0; frame++)
        {
            if (_slots![frame].Inode is not null)
                Remove(frame);
        }
    }

    private void Remove(int frame)
    {
        ref Slot slot = ref _slots![frame];
        slot.Inode!.CachedPages!.Remove(slot.Offset);
        slot = default;
        Count--;
        memMap.Drop(memMap[frame]);
    }

    /// <summary>What a frame holds: the fields of <c>struct page</c> that only the cache needs.</summary>
    private struct Slot
    {
        public Inode? Inode;
        public ulong Offset;
        public bool IsReferenced;
    }
}
