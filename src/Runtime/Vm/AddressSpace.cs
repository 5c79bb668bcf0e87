using System.Diagnostics;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The areas and page tables of a process, or of the kernel itself (<c>struct mm_struct</c>).</summary>
[DebuggerDisplay("{Areas.Count} areas, {ResidentPages} pages resident")]
public sealed class AddressSpace
{
    private readonly int _pageShift;
    private readonly KernelLock _kernelLock;
    private readonly List<ITlbHolder> _translating = [];
    private bool _busy;

    internal AddressSpace(MachineHardware hardware, KernelLock kernelLock, ulong directory)
    {
        _pageShift = hardware.Profile.PageShift;
        Tree = new AreaTree(_pageShift);
        AddressFormat = hardware.Profile.AddressFormat;
        _kernelLock = kernelLock;
        Directory = directory;
        CodeEnd = Break = hardware.Profile.ProgramBase;
    }

    /// <summary>The areas by ascending address, as they are now.</summary>
    public IReadOnlyList<VmArea> Areas
    {
        get
        {
            using KernelLock.Held held = _kernelLock.Enter();
            return Tree.ToList();
        }
    }

    /// <summary>The pages in the tables that count (<c>rss</c>). Pages of <c>nopage</c> do, pages of <c>remap_page_range</c> do not.</summary>
    public long ResidentPages { get; internal set; }

    /// <summary>The pages that the areas span (<c>total_vm</c>).</summary>
    public long TotalPages { get; internal set; }

    /// <summary>The pages that count as locked (<c>locked_vm</c>). As in 2.0.40 a child starts with its parent's number, and <c>mremap</c> that moves does not add what it moves.</summary>
    public long LockedPages { get; internal set; }

    /// <summary>The processes that use the address space (<c>count</c>).</summary>
    public int Users { get; internal set; } = 1;

    /// <summary>How listings write an address.</summary>
    internal string AddressFormat { get; }

    /// <summary>What every new area gets (<c>def_flags</c>): <see cref="VmFlags.Locked"/> after <c>mlockall</c> of what is to come.</summary>
    internal VmFlags DefaultFlags { get; set; }

    /// <summary>The end of the program's text, from which its data are counted (<c>end_code</c>).</summary>
    internal ulong CodeEnd { get; private set; }

    /// <summary>The end of the program's data (<c>brk</c>).</summary>
    internal ulong Break { get; set; }

    /// <summary>The memory that the structure takes; 0 for the kernel's own.</summary>
    internal ulong Block { get; init; }

    /// <summary>Where the search for pages to steal goes on (<c>swap_address</c>).</summary>
    internal ulong SwapAddress { get; set; }

    internal AreaTree Tree { get; private set; }

    /// <summary>The physical address of the top-level table (<c>pgd</c>).</summary>
    internal ulong Directory { get; set; }

    /// <summary>The area that an address lies in, or null.</summary>
    /// <param name="address">The address.</param>
    public VmArea? FindArea(UserAddress address)
    {
        using KernelLock.Held held = _kernelLock.Enter();
        return Tree.Find(address.Value) is { } area && area.Low <= address.Value ? area : null;
    }

    /// <summary>A process starts to use the address space.</summary>
    internal void Attach(ITlbHolder process)
    {
        _kernelLock.AssertHeld();
        _translating.Add(process);
    }

    /// <summary>A process uses the address space no more: it has another one already. When this returns, its thread, whichever that is, stores nothing here.</summary>
    internal void Detach(ITlbHolder process)
    {
        FlushTlb();
        _translating.Remove(process);
    }

    /// <summary>Makes every user forget all translations (<c>flush_tlb_mm</c>); when it returns, nobody stores through an old one.</summary>
    /// <remarks>
    /// Translations are remembered with the kernel's lock held only. So from the return on until the lock is left no process touches a page of this address
    /// space, whether its entry was changed before or is changed after. A flush belongs before the moment at which a page is read for its content, has its
    /// dirty bit believed, or can become somebody else's: giving it back is not that moment, the next allocation is.
    /// </remarks>
    internal void FlushTlb()
    {
        _kernelLock.AssertHeld();
        foreach (ITlbHolder process in _translating)
            process.ForgetTranslations();

        // While a call works here the only user is in it, on this thread.
        if (_translating.Count > (_busy ? 1 : 0))
            WaitForStores();
    }

    /// <summary>Makes every user forget one translation (<c>flush_tlb_page</c>).</summary>
    internal void FlushTlb(ulong address)
    {
        if (_busy && _translating.Count == 1)
            _translating[0].ForgetTranslation(address);
        else
            FlushTlb();
    }

    internal long Pages(ulong length) => (long)(length >> _pageShift);

    internal ulong Bytes(long pages) => (ulong)pages << _pageShift;

    internal void Insert(VmArea area)
    {
        Tree.Insert(area);
        area.LinkInode();
    }

    /// <summary>Takes over what a copy of the structure has of its original, areas and pages aside.</summary>
    internal void Inherit(AddressSpace original)
    {
        CodeEnd = original.CodeEnd;
        Break = original.Break;
        LockedPages = original.LockedPages;
    }

    /// <summary>Takes all areas out (<c>exit_mmap</c>).</summary>
    internal List<VmArea> TakeAll()
    {
        List<VmArea> areas = Tree.ToList();
        Tree = new AreaTree(_pageShift);
        ResidentPages = 0;
        TotalPages = 0;
        LockedPages = 0;
        return areas;
    }

    /// <summary>Takes the lock that system calls and faults hold (<c>mmap_sem</c>).</summary>
    /// <exception cref="InvalidOperationException">It is taken: a driver's method called back into the process that it works for.</exception>
    internal void Lock()
    {
        _kernelLock.AssertHeld();
        if (_busy)
            throw new InvalidOperationException("This address space is in the middle of a call: the kernel would wait for itself for ever on mmap_sem.");
        _busy = true;
    }

    internal void Unlock() => _busy = false;

    // Nobody who looks from now on finds anything; who looked before has said so, and is waited for.
    private void WaitForStores()
    {
        Interlocked.MemoryBarrierProcessWide();
        foreach (ITlbHolder process in _translating)
            process.WaitForStore();
    }
}
