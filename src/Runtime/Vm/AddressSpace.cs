using System.Diagnostics;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The areas and page tables of a process, or of the kernel itself (<c>struct mm_struct</c>).</summary>
[DebuggerDisplay("{Areas.Count} areas, {ResidentPages} pages resident")]
public sealed class AddressSpace
{
    private readonly Tlb _tlb;
    private readonly int _pageShift;
    private bool _busy;

    internal AddressSpace(MachineHardware hardware, ulong directory)
    {
        _tlb = hardware.Tlb;
        _pageShift = hardware.Profile.PageShift;
        Directory = directory;
        TlbContext = _tlb.NewContext();
    }

    /// <summary>The areas by ascending address, as they are now.</summary>
    public IReadOnlyList<VmArea> Areas => Tree.ToList();

    /// <summary>The pages in the tables that count (<c>rss</c>). Pages of <c>nopage</c> do, pages of <c>remap_page_range</c> do not.</summary>
    public long ResidentPages { get; internal set; }

    /// <summary>The pages that the areas span (<c>total_vm</c>).</summary>
    public long TotalPages { get; internal set; }

    /// <summary>A signal that the kernel's own touch of a page earned: the process gets it on the way back to user mode.</summary>
    internal Signal PendingSignal { get; set; }

    /// <summary>Where the search for pages to steal goes on (<c>swap_address</c>).</summary>
    internal ulong SwapAddress { get; set; }

    internal AreaTree Tree { get; private set; } = new();

    /// <summary>The physical address of the top-level table (<c>pgd</c>).</summary>
    internal ulong Directory { get; set; }

    internal uint TlbContext { get; private set; }

    /// <summary>The area that an address lies in, or null.</summary>
    /// <param name="address">The address.</param>
    public VmArea? FindArea(UserAddress address) => Tree.Find(address.Value) is { } area && area.Low <= address.Value ? area : null;

    /// <summary>Forgets all translations (<c>flush_tlb_mm</c>).</summary>
    internal void FlushTlb() => TlbContext = _tlb.NewContext();

    internal long Pages(ulong length) => (long)(length >> _pageShift);

    internal void Insert(VmArea area)
    {
        Tree.Insert(area);
        area.LinkInode();
    }

    /// <summary>Takes all areas out (<c>exit_mmap</c>).</summary>
    internal List<VmArea> TakeAll()
    {
        List<VmArea> areas = Tree.ToList();
        Tree = new AreaTree();
        ResidentPages = 0;
        TotalPages = 0;
        return areas;
    }

    /// <summary>Takes the lock that system calls and faults hold (<c>mmap_sem</c>).</summary>
    /// <exception cref="InvalidOperationException">It is taken: a driver's method called back into the process that it works for.</exception>
    internal void Lock()
    {
        if (_busy)
            throw new InvalidOperationException("This address space is in the middle of a call: the kernel would wait for itself for ever on mmap_sem.");
        _busy = true;
    }

    internal void Unlock() => _busy = false;
}
