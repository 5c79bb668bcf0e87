using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Tests.Memory;

/// <summary>Pages and their counts.</summary>
public sealed class PageTests : IDisposable
{
    private readonly Machine _machine = new(MachineProfile.I386);

    private LinuxKernel Kernel => _machine.Kernel;

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_free_page_comes_zeroed_aligned_and_with_one_reference()
    {
        KernelAddress first = Kernel.GetFreePage();
        Kernel.Write(first + 100, 42);
        Kernel.FreePage(first);

        KernelAddress page = Kernel.GetFreePage();

        Assert.Equal(0u, page.Value % 4096);
        Assert.Equal(1, Entry(page).Count);
        Assert.True(Kernel.Access(page, 4096).IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public void The_page_number_is_the_address_without_the_offset()
    {
        KernelAddress page = Kernel.GetFreePage();

        Assert.Equal((int)(page.Value >> 12), Kernel.MapNr(page + 123));
        Assert.Equal(Kernel.MapNr(page), Entry(page).Number);
    }

    [Fact]
    public void A_page_is_free_when_the_last_reference_is_given_back()
    {
        int free = Kernel.MemMap.FreeCount;
        KernelAddress page = Kernel.GetFreePage();
        Assert.Equal(free - 1, Kernel.MemMap.FreeCount);

        Kernel.GetPage(page);
        Assert.Equal(2, Entry(page).Count);

        Kernel.FreePage(page);
        Assert.Equal(1, Entry(page).Count);
        Assert.Equal(free - 1, Kernel.MemMap.FreeCount);

        Kernel.FreePage(page);
        Assert.Equal(0, Entry(page).Count);
        Assert.Equal(free, Kernel.MemMap.FreeCount);
    }

    [Fact]
    public void The_entry_counts_what_the_address_counts()
    {
        KernelAddress page = Kernel.GetFreePage();

        Entry(page).Get();
        Assert.Equal(2, Entry(page).Count);
        Entry(page).Put();
        Entry(page).Put();
        Assert.Equal(0, Entry(page).Count);
    }

    [Fact]
    public void A_reserved_page_is_not_freed()
    {
        KernelAddress page = Kernel.GetFreePage();
        int free = Kernel.MemMap.FreeCount;
        Kernel.ReservePage(page);
        Assert.True(Entry(page).IsReserved);

        Kernel.FreePage(page);
        Assert.Equal(1, Entry(page).Count);
        Assert.Equal(free, Kernel.MemMap.FreeCount);

        Kernel.UnreservePage(page);
        Kernel.FreePage(page);
        Assert.Equal(free + 1, Kernel.MemMap.FreeCount);
    }

    [Fact]
    public void The_pages_at_the_bottom_of_memory_are_reserved_with_count_zero()
    {
        Page first = Kernel.MemMap[0];

        Assert.True(first.IsReserved);
        Assert.Equal(0, first.Count);
    }

    [Fact]
    public void A_page_that_is_freed_twice_is_found()
    {
        KernelAddress page = Kernel.GetFreePage();
        Kernel.FreePage(page);

        Kernel.FreePage(page);

        Assert.NotEmpty(_machine.Shutdown());
    }

    [Fact]
    public void A_block_of_pages_has_its_count_on_the_first_one()
    {
        int free = Kernel.MemMap.FreeCount;
        KernelAddress block = Kernel.GetFreePages(order: 2);

        Assert.Equal(0u, block.Value % (4 * 4096));
        Assert.Equal([1, 0, 0, 0], Enumerable.Range(0, 4).Select(i => Kernel.MemMap[Kernel.MapNr(block) + i].Count));
        Assert.Equal(free - 4, Kernel.MemMap.FreeCount);

        Kernel.FreePages(block, order: 2);
        Assert.Equal(free, Kernel.MemMap.FreeCount);
    }

    [Fact]
    public void When_memory_is_used_up_the_null_address_says_so_and_what_is_given_back_is_handed_out_again()
    {
        using var small = new Machine(MachineProfile.I386, memorySize: 2 << 20);
        var pages = new Stack<KernelAddress>();
        for (KernelAddress page = small.Kernel.GetFreePage(); !page.IsNull; page = small.Kernel.GetFreePage())
            pages.Push(page);

        Assert.InRange(pages.Count, 1, 512);
        Assert.Equal(pages.Count, pages.Distinct().Count());
        Assert.Equal(0, small.Kernel.MemMap.FreeCount);
        Assert.True(small.Kernel.Kmalloc(64).IsNull);
        Assert.True(small.Kernel.Vmalloc(64).IsNull);

        KernelAddress last = pages.Pop();
        small.Kernel.FreePage(last);
        Assert.Equal(last, small.Kernel.GetFreePage());
    }

    private Page Entry(KernelAddress page) => Kernel.MemMap[Kernel.MapNr(page)];
}
