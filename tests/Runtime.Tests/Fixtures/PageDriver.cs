using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>A driver whose memory is single pages of RAM, which <c>nopage</c> hands out with a reference for the page table entry.</summary>
internal sealed class PageDriver : TestDriver
{
    private readonly KernelAddress[] _pages;

    public PageDriver(int pages)
    {
        _pages = new KernelAddress[pages];
        OnInit = _ => AllocateAndRegister();
        OnCleanup = _ => FreePages();
        OnNopage = (_, area, address, _) => Counted(area, address);
    }

    public IReadOnlyList<KernelAddress> Pages => _pages;

    /// <summary>The entry of a device page in the map of all memory.</summary>
    public Page PageAt(int index) => Kernel.MemMap[Kernel.MapNr(_pages[index])];

    /// <summary>The page that belongs to a fault address, without a reference; null beyond the device.</summary>
    public KernelAddress Uncounted(VmArea area, UserAddress address)
    {
        ulong index = (address - area.Start + area.Offset) / Rig.Page;
        return index < (ulong)_pages.Length ? _pages[index] : KernelAddress.Null;
    }

    /// <summary>The page that belongs to a fault address, with a reference taken.</summary>
    public KernelAddress Counted(VmArea area, UserAddress address)
    {
        KernelAddress page = Uncounted(area, address);
        if (!page.IsNull)
            Kernel.GetPage(page);
        return page;
    }

    private Errno AllocateAndRegister()
    {
        for (int i = 0; i < _pages.Length; i++)
            _pages[i] = Kernel.GetFreePage();
        return Register();
    }

    public void FreePages()
    {
        foreach (KernelAddress page in _pages)
            Kernel.FreePage(page);
    }
}
