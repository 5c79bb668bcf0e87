using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Pages on the swap device: how they come back, who counts their slots, and where their entries go.</summary>
public sealed class SwapTests
{
    private const int Slots = 8;

    [Difference("swap-cache")]
    [Fact]
    public void A_page_that_is_read_comes_back_with_its_content_and_frees_the_slot()
    {
        using Rig rig = SwappedOut(pages: 1);
        Assert.Equal(Slots - 1, rig.Kernel.SwapFree);
        Assert.Equal(0, rig.Process.AddressSpace.ResidentPages);

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));

        Assert.Equal(Slots, rig.Kernel.SwapFree);
        Assert.Equal(1, rig.Process.AddressSpace.ResidentPages);
        Assert.Equal((false, true), (rig.Entry(0).IsWritable, rig.Entry(0).IsDirty));
    }

    [Fact]
    public void A_page_that_is_written_comes_back_writable()
    {
        using Rig rig = SwappedOut(pages: 1);

        rig.Process.Store(Rig.At(0) + 4, 43);

        Assert.Equal((true, true), (rig.Entry(0).IsWritable, rig.Entry(0).IsDirty));
        Assert.Equal((42, 43), (rig.Process.Load<int>(Rig.At(0)), rig.Process.Load<int>(Rig.At(0) + 4)));
    }

    [Fact]
    public void A_page_that_came_back_by_reading_keeps_what_is_written_later()
    {
        using Rig rig = SwappedOut(pages: 1);
        rig.Process.Load<int>(Rig.At(0));
        rig.Process.Store(Rig.At(0), 43);

        rig.Kernel.FreePagesByStealing(1);

        Assert.Equal(43, rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void Fork_shares_the_slot_and_each_process_gets_a_copy()
    {
        using Rig rig = SwappedOut(pages: 1);
        Process child = rig.Process.Fork();
        Assert.Equal(Slots - 1, rig.Kernel.SwapFree);

        child.Store(Rig.At(0), 43);

        Assert.Equal(Slots - 1, rig.Kernel.SwapFree);
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
        Assert.Equal(Slots, rig.Kernel.SwapFree);
        Assert.Equal(43, child.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void Unmapping_frees_the_slots_of_the_range()
    {
        using Rig rig = SwappedOut(pages: 3);

        rig.Unmap(0, 2);

        Assert.Equal(Slots - 1, rig.Kernel.SwapFree);
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(2)));
    }

    [Fact]
    public void A_child_that_exits_leaves_the_parents_slot()
    {
        using Rig rig = SwappedOut(pages: 1);
        rig.Process.Fork().Exit();

        Assert.Equal(Slots - 1, rig.Kernel.SwapFree);
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void A_move_takes_the_entry_along()
    {
        using Rig rig = SwappedOut(pages: 1);
        rig.MapMemory(1, 1, Protection.Read);

        UserAddress to = rig.Remap(0, 1, 2, MremapFlags.MayMove);

        Assert.Equal("swap 0:0001", Rig.Entry(rig.Kernel, rig.Process, to).ToString());
        Assert.Equal(42, rig.Process.Load<int>(to));
    }

    [Fact]
    public void Remapping_over_an_entry_frees_its_slot()
    {
        using Rig rig = SwappedOut(pages: 1, new RemapDriver());
        rig.MapDeviceAt(rig.AddMmio(new RecordingMmio(), pages: 1), 0, 1);

        Assert.Equal(Slots, rig.Kernel.SwapFree);
    }

    [Fact]
    public void A_full_device_keeps_further_pages_in_memory()
    {
        using Rig rig = SwappedOut(pages: Slots + 1);

        Assert.Equal(0, rig.Kernel.SwapFree);
        Assert.Equal(1, rig.Process.AddressSpace.ResidentPages);
        Assert.Equal(0, rig.Kernel.FreePagesByStealing(1));
    }

    [Fact]
    public void Devices_are_filled_in_the_order_in_which_they_were_added()
    {
        using Rig rig = SwappedOut(pages: Slots + 1);
        rig.Kernel.AddSwap(pages: 2);

        rig.Kernel.FreePagesByStealing(1);

        Assert.Equal((Slots + 2, 1), (rig.Kernel.SwapTotal, rig.Kernel.SwapFree));
        Assert.Equal("swap 1:0001", rig.Entry(Slots).ToString());
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(Slots)));
    }

    [Fact]
    public void A_ninth_device_is_EPERM()
    {
        using var rig = new Rig();
        for (int device = 0; device < 8; device++)
            rig.Kernel.AddSwap(pages: 1);

        Assert.Equal(Errno.EPERM, Assert.Throws<KernelException>(() => rig.Kernel.AddSwap(pages: 1)).Error);
    }

    [Fact]
    public void Without_memory_for_the_page_the_process_dies_and_its_slots_are_free()
    {
        using Rig rig = SwappedOut(pages: 2);
        rig.UseUpMemory();

        Assert.Equal(Signal.SIGKILL, Assert.Throws<SignalException>(() => rig.Process.Load<int>(Rig.At(0))).Signal);

        Assert.Equal(Slots, rig.Kernel.SwapFree);
    }

    [Fact]
    public void A_private_page_may_go_to_swap_while_it_is_copied()
    {
        using Rig rig = SwappedOut(pages: 1);
        rig.Process.Load<int>(Rig.At(0));
        Process child = rig.Process.Fork();
        while (rig.Kernel.MemMap.FreeCount > 0)
            rig.Kernel.GetFreePage();

        child.Store(Rig.At(0), 43);

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
        Assert.Equal(43, child.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void A_table_for_a_move_may_cost_the_page_that_is_moved()
    {
        using Rig rig = SwappedOut(pages: 1);
        rig.Kernel.AddSwap(pages: 1024);                            // for the guess whether memory suffices
        rig.MapMemory(1, 1023, Protection.Read);                    // the rest of the table
        rig.Process.Load<int>(Rig.At(0));
        while (rig.Kernel.MemMap.FreeCount > 0)
            rig.Kernel.GetFreePage();

        UserAddress to = rig.Remap(0, 1, 2, MremapFlags.MayMove);

        Assert.Equal("swap 0:0001", Rig.Entry(rig.Kernel, rig.Process, to).ToString());
        Assert.True(rig.Entry(0).IsNone);
    }

    [Fact]
    public void A_change_of_protection_leaves_the_entry_and_holds_for_the_page_that_comes_back()
    {
        using Rig rig = SwappedOut(pages: 1);

        rig.Process.Mprotect(Rig.At(0), Rig.Page, Protection.Read);

        Assert.Equal("swap 0:0001", rig.Entry(0).ToString());
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
        Assert.Equal(Signal.SIGSEGV, Assert.Throws<SignalException>(() => rig.Process.Store(Rig.At(0), 1)).Signal);
    }

    [Fact]
    public void Locking_brings_pages_back_for_good()
    {
        using Rig rig = SwappedOut(pages: 2);

        rig.Process.Mlock(Rig.At(0), 2 * Rig.Page);

        Assert.Equal(Slots, rig.Kernel.SwapFree);
        Assert.Equal(0, rig.Kernel.FreePagesByStealing(1));
    }

    [Fact]
    public void The_shutdown_leaves_every_slot_free()
    {
        using Rig rig = SwappedOut(pages: 3);
        rig.Process.Fork();

        Assert.Empty(rig.Machine.Shutdown());

        Assert.Equal(0, rig.Kernel.LostSwapSlots);
    }

    /// <summary>A process whose pages hold 42 and are all on a swap device of eight slots, as far as they fit.</summary>
    private static Rig SwappedOut(int pages, TestDriver? driver = null)
    {
        var rig = new Rig(driver);
        rig.Kernel.AddSwap(Slots);
        rig.MapMemory(0, pages);
        for (int page = 0; page < pages; page++)
            rig.Process.Store(Rig.At(page), 42);
        rig.Kernel.FreePagesByStealing(pages);
        return rig;
    }
}
