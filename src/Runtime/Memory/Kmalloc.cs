using System.Numerics;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Memory for small objects in blocks of powers of two (<c>kmalloc</c>): a page is cut into blocks, larger requests take whole blocks of pages.</summary>
internal sealed class Kmalloc(MachineHardware hardware, MemMap memMap)
{
    /// <summary>The blocks of a page at most: one bit each in a slab's map.</summary>
    private const int MostBlocks = 128;

    private readonly MachineProfile _profile = hardware.Profile;

    // By the number of the first page.
    private readonly Dictionary<int, Slab> _slabs = [];

    // Those with free blocks, by the logarithm of the size of a block.
    private readonly LinkedList<Slab>?[] _partial = new LinkedList<Slab>?[hardware.Profile.PageShift];

    /// <summary>Allocates at least <paramref name="size"/> bytes.</summary>
    /// <returns>The logical address, or 0: too large, or no memory.</returns>
    public ulong Allocate(int size)
    {
        if (Injection.ShallFail(Allocation.Kmalloc))
            return 0;
        int block = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(size, _profile.PageSize / MostBlocks));
        if (block >= _profile.PageSize || block < 0)
            return AllocatePages((uint)block);
        Slab? slab = Partial(block).First?.Value ?? NewSlab(block, order: 0);
        if (slab is null)
            return 0;
        int index = slab.Take();
        if (slab.IsFull)
            Partial(block).Remove(slab.Node);
        return memMap.LogicalAddress(slab.Page) + (ulong)(index * block);
    }

    /// <summary>What may make an allocation fail.</summary>
    public FaultInjector Injection => memMap.Injection;

    /// <summary>The first page of every block of pages that objects lie in.</summary>
    public IEnumerable<Page> Heads => _slabs.Values.Select(slab => slab.Page);

    /// <summary>Whether a block starts at this address and is allocated.</summary>
    public bool IsAllocated(ulong address) => memMap.Find(address) is { } page
        && _slabs.TryGetValue(page.Number, out Slab? slab)
        && (address & _profile.OffsetMask) % (ulong)slab.BlockSize == 0
        && slab.IsOut((int)(address & _profile.OffsetMask) / slab.BlockSize);

    /// <summary>Frees a block by its address (<c>kfree</c>).</summary>
    /// <returns>Whether the address is one that was allocated and not yet freed.</returns>
    public bool Free(ulong address)
    {
        if (memMap.Find(address) is not { } page || !_slabs.TryGetValue(page.Number, out Slab? slab))
            return false;
        int offset = (int)(address & _profile.OffsetMask);
        if (offset % slab.BlockSize != 0)
            return false;
        bool wasFull = slab.IsFull;
        if (!slab.Give(offset / slab.BlockSize))
            return false;
        if (slab.IsEmpty)
            Release(slab);
        else if (wasFull)
            Partial(slab.BlockSize).AddFirst(slab.Node);
        return true;
    }

    private ulong AllocatePages(uint size)
    {
        int order = BitOperations.Log2(size) - _profile.PageShift;
        if (order >= FreeArea.Orders || NewSlab((int)size, order) is not { } slab)
            return 0;
        slab.Take();
        return memMap.LogicalAddress(slab.Page);
    }

    private Slab? NewSlab(int block, int order)
    {
        if (memMap.Allocate(order) is not { } page)
            return null;
        var slab = new Slab(page, block, order, Math.Max(1, _profile.PageSize / block));
        _slabs[page.Number] = slab;
        if (order == 0 && block < _profile.PageSize)
            Partial(block).AddFirst(slab.Node);
        return slab;
    }

    private void Release(Slab slab)
    {
        _slabs.Remove(slab.Page.Number);
        slab.Node.List?.Remove(slab.Node);
        if (!slab.Page.IsReserved)
            memMap.Drop(slab.Page, slab.Order);
    }

    private LinkedList<Slab> Partial(int block) => _partial[BitOperations.Log2((uint)block)] ??= new LinkedList<Slab>();

    /// <summary>A page cut into blocks of one size, or a block of pages that is one block.</summary>
    private sealed class Slab
    {
        private readonly UInt128 _all;
        private UInt128 _free;

        public Slab(Page page, int blockSize, int order, int blocks)
        {
            (Page, BlockSize, Order) = (page, blockSize, order);
            _all = _free = blocks == MostBlocks ? UInt128.MaxValue : (UInt128.One << blocks) - 1;
            Node = new LinkedListNode<Slab>(this);
        }

        public Page Page { get; }

        public int BlockSize { get; }

        public int Order { get; }

        /// <summary>The place in the list of slabs with free blocks.</summary>
        public LinkedListNode<Slab> Node { get; }

        public bool IsEmpty => _free == _all;

        public bool IsFull => _free == 0;

        public int Take()
        {
            int index = (int)UInt128.TrailingZeroCount(_free);
            _free &= _free - 1;
            return index;
        }

        public bool IsOut(int index) => (_free & (UInt128.One << index)) == 0;

        /// <summary>Takes a block back.</summary>
        /// <returns>Whether it was out.</returns>
        public bool Give(int index)
        {
            UInt128 bit = UInt128.One << index;
            bool wasOut = (_free & bit) == 0;
            _free |= bit;
            return wasOut;
        }
    }
}
