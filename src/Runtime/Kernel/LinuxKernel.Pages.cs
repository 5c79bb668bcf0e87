using MmapAnalyzers.Annotations;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class LinuxKernel
{
    /// <summary>The pages of memory with their counts (<c>mem_map</c>).</summary>
    public MemMap MemMap { get; }

    /// <summary>The first logical address behind memory (<c>high_memory</c>): from here on there are only devices.</summary>
    public KernelAddress HighMemory => new(_memory.HighMemory);

    /// <summary>Allocates one page of zeros with count 1 (<c>get_free_page</c>).</summary>
    /// <returns>Its logical address, or <see cref="KernelAddress.Null"/> when memory is exhausted.</returns>
    [return: Acquires("page")]
    public KernelAddress GetFreePage() => AddressOf(MemMap.AllocateZeroedForDriver());

    /// <summary>Allocates one page with count 1 and whatever its last owner left in it (<c>__get_free_page</c>).</summary>
    /// <returns>Its logical address, or <see cref="KernelAddress.Null"/> when memory is exhausted.</returns>
    [return: Acquires("page")]
    public KernelAddress GetDirtyPage() => GetFreePages(0);

    /// <summary>Allocates <c>1 &lt;&lt; order</c> neighbouring pages, uncleared; only the first one is counted (<c>__get_free_pages</c>).</summary>
    /// <param name="order">The logarithm of the number of pages, 0 to 5.</param>
    /// <returns>The logical address of the first, or <see cref="KernelAddress.Null"/> when there is no such block.</returns>
    [return: Acquires("page")]
    public KernelAddress GetFreePages(int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        return AddressOf(MemMap.AllocateForDriver(order));
    }

    /// <summary>Gives back one unit of a page and frees it with the last one (<c>free_page</c>). Nothing for a reserved page or an address that is no memory.</summary>
    /// <param name="page">A logical address in the page.</param>
    public void FreePage([Releases("page")] KernelAddress page) => FreePages(page, 0);

    /// <summary>Gives back one unit of a block's first page and frees the block with the last one (<c>free_pages</c>).</summary>
    /// <param name="page">The logical address of the block.</param>
    /// <param name="order">The order it was allocated with.</param>
    /// <exception cref="KernelOopsException">The block was allocated with a smaller order.</exception>
    public void FreePages([Releases("page")] KernelAddress page, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        if (MemMap.Find(page.Value) is { } found)
            MemMap.PutByDriver(found, order);
    }

    /// <summary>Takes one unit of a page, as <c>atomic_inc(&amp;mem_map[MAP_NR(page)].count)</c> does. Nothing for a reserved page, and a null address means page 0, which is one.</summary>
    /// <param name="page">A logical address in the page.</param>
    /// <exception cref="KernelOopsException">The address is no memory: the kernel would count in whatever lies behind <c>mem_map</c>.</exception>
    public void GetPage([Acquires("page")] KernelAddress page)
    {
        Page found = MemMap.Find(page.Value) ?? throw new KernelOopsException($"mem_map has no entry for {page}: a vmalloc or device address is no page");
        found.Get();
    }

    /// <summary>Exempts a page from counting and freeing (<c>mem_map_reserve</c>), so that <c>remap_page_range</c> maps it.</summary>
    /// <param name="page">A logical address in the page.</param>
    /// <exception cref="KernelOopsException">The address is no memory.</exception>
    public void ReservePage([Pins("page")] KernelAddress page)
    {
        using KernelLock.Held held = Lock.Enter();
        MemMap[MapNr(page)].SetReserved(true);
    }

    /// <summary>Ends the exemption (<c>mem_map_unreserve</c>); the count is what it was.</summary>
    /// <param name="page">A logical address in the page.</param>
    /// <exception cref="KernelOopsException">The address is no memory.</exception>
    public void UnreservePage(KernelAddress page)
    {
        using KernelLock.Held held = Lock.Enter();
        MemMap[MapNr(page)].SetReserved(false);
    }

    /// <summary>The number in <c>mem_map</c> of the page that a logical address lies in (<c>MAP_NR</c>); a <c>vmalloc</c> address gives a number beyond all pages.</summary>
    /// <param name="address">The logical address.</param>
    [AliasOf("address")]
    public int MapNr(KernelAddress address) => (int)Math.Min((address.Value - Profile.PageOffset) >> Profile.PageShift, int.MaxValue);

    private KernelAddress AddressOf(Page? page) => page is null ? KernelAddress.Null : new KernelAddress(MemMap.LogicalAddress(page));
}
