using System.Diagnostics;
using MmapAnalyzers.Annotations;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>The kernel's <c>mem_map</c>: one <see cref="Page"/> for every frame of memory.</summary>
[DebuggerDisplay("{Count} pages, {FreeCount} free")]
public sealed class MemMap
{
    private readonly Page[] _pages;
    private readonly FreeArea _free;
    private readonly MachineProfile _profile;
    private readonly PhysicalMemory _memory;

    internal MemMap(MachineHardware hardware, Books books, KernelLock kernelLock)
    {
        _profile = hardware.Profile;
        _memory = hardware.Memory;
        Books = books;
        KernelLock = kernelLock;
        Auditor = new PageAuditor(books);
        _pages = new Page[_memory.FrameCount];
        States = new PageStates(_pages.Length);
        int firstFree = (int)(_profile.LowReserved >> _profile.PageShift);
        for (int number = 0; number < _pages.Length; number++)
        {
            _pages[number] = new Page(this, number);
            _pages[number].SetReserved(number < firstFree);
        }

        _free = new FreeArea(_pages, firstFree);
    }

    /// <summary>The frames of memory (<c>MAP_NR(high_memory)</c>).</summary>
    public int Count => _pages.Length;

    /// <summary>The free pages (<c>nr_free_pages</c>).</summary>
    public int FreeCount => _free.Count;

    /// <summary>Frees a page that is in use when no block is left, and says whether it could (<c>try_to_free_page</c>).</summary>
    internal Func<bool>? Reclaim { get; set; }

    internal PageStates States { get; }

    /// <summary>Says where a page is mapped through a device, or null when it is not.</summary>
    internal Func<Page, string?>? FindMapping { get; set; }

    internal Books Books { get; }

    internal CallContext Context => Books.Context;

    internal KernelLock KernelLock { get; }

    internal PageAuditor Auditor { get; }

    internal FaultInjector Injection { get; } = new();

    internal ReadOnlySpan<Page> Pages => _pages;

    internal FreeArea FreeBlocks => _free;

    /// <summary>The entry with this number.</summary>
    /// <param name="number">The frame's number, as <c>MAP_NR</c> gives it.</param>
    /// <exception cref="KernelOopsException">The number lies outside of memory, where the kernel would read whatever follows the array.</exception>
    [AliasOf("number")]
    public Page this[int number] => (uint)number < (uint)_pages.Length
        ? _pages[number]
        : throw new KernelOopsException($"mem_map[{number:x}] lies beyond high_memory");

    /// <summary>The page that a logical address lies in, or null when it is no memory.</summary>
    internal Page? Find(ulong logical)
    {
        ulong number = (logical - _profile.PageOffset) >> _profile.PageShift;
        return number < (ulong)_pages.Length ? _pages[(int)number] : null;
    }

    internal ulong LogicalAddress(Page page) => ((ulong)page.Number << _profile.PageShift) + _profile.PageOffset;

    /// <summary>Allocates a block of <c>1 &lt;&lt; order</c> pages for the core (<c>__get_free_pages</c>).</summary>
    /// <returns>Its first page, or null when memory is exhausted.</returns>
    internal Page? Allocate(int order = 0) => Allocate(order, owner: null, driverUnits: 0);

    /// <summary>Allocates one page of zeros for the core.</summary>
    internal Page? AllocateZeroed()
    {
        Page? page = Allocate();
        if (page is not null)
            _memory.Frame(page.Number).Clear();
        return page;
    }

    /// <summary>Allocates a block whose one unit the calling driver owes.</summary>
    internal Page? AllocateForDriver(int order)
    {
        using KernelLock.Held held = KernelLock.Enter();
        Page? page = Allocate(order, Context.Module, driverUnits: 1);
        for (int i = 0; page is not null && i < 1 << order && Books.AreKept; i++)
            _pages[page.Number + i].Ledger.IsStale = true;
        return page;
    }

    /// <summary>Allocates one page of zeros whose unit the calling driver owes.</summary>
    internal Page? AllocateZeroedForDriver()
    {
        using KernelLock.Held held = KernelLock.Enter();
        Page? page = AllocateForDriver(0);
        if (page is not null)
        {
            _memory.Frame(page.Number).Clear();
            PageAuditor.Written(page);
        }

        return page;
    }

    /// <summary>The core gives back a unit of a page that is not reserved (<c>free_pages</c>).</summary>
    internal void Drop(Page page, int order = 0)
    {
        KernelLock.AssertHeld();
        Auditor.BeforeDrop(page);
        DropUnit(page, order);
    }

    /// <summary>Driver code gives back a unit; nothing for a reserved page.</summary>
    internal void PutByDriver(Page page, int order)
    {
        using KernelLock.Held held = KernelLock.Enter();
        if (page.IsReserved)
            return;
        Auditor.BeforePut(page, inNopage: Context.HandsOutPages);
        if (page.Count == 1)
            Auditor.BeforeFree(page, FindMapping);
        DropUnit(page, order);
    }

    private void DropUnit(Page page, int order)
    {
        if (!page.Drop() || !page.IsAllocated)
            return;
        if (order > page.BlockOrder)
            throw new KernelOopsException($"free_pages of order {order}: page {page.Number:x5} was allocated with order {page.BlockOrder}");
        _free.Free(page, order);
    }

    private Page? Allocate(int order, object? owner, int driverUnits)
    {
        KernelLock.AssertHeld();
        if (Injection.ShallFail(Allocation.Page))
            return null;
        Page? page = _free.Allocate(order);
        while (page is null && order < FreeArea.Orders && Reclaim is { } reclaim && reclaim())
            page = _free.Allocate(order);
        if (page is not null)
            Auditor.Allocated(page, owner, driverUnits, Context.HandsOutPages);
        return page;
    }
}
