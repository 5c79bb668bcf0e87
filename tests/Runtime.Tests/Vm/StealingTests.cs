using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Which pages are taken from a process when memory is short, and what becomes of them.</summary>
public sealed class StealingTests
{
    [Fact]
    public void A_clean_device_page_is_asked_for_again()
    {
        var driver = new PageDriver(pages: 1);
        using var rig = new Rig(driver);
        rig.MapDevice(0, 1);
        rig.Process.Load<int>(Rig.At(0));
        rig.Forget();

        Assert.Equal(0, rig.Kernel.FreePagesByStealing(1));

        Assert.True(rig.Entry(0).IsNone);
        Assert.Equal(1, driver.PageAt(0).Count);
        Assert.Equal(0, rig.Process.AddressSpace.ResidentPages);
        rig.Process.Load<int>(Rig.At(0));
        Assert.Equal("nopage 0-1", rig.Story());
        Assert.Equal(2, driver.PageAt(0).Count);
    }

    [Difference("page-age")]
    [Fact]
    public void A_page_used_since_the_last_visit_is_spared()
    {
        using Rig rig = WithDirtyMemory(pages: 3);
        rig.Kernel.FreePagesByStealing(1);
        rig.Process.Load<int>(Rig.At(1));

        rig.Kernel.FreePagesByStealing(1);

        Assert.Equal(["swap 0:0001", "present", "swap 0:0002"], States(rig, 3));
    }

    [Difference("swapout-keeps-entry")]
    [Fact]
    public void A_dirty_page_goes_to_the_swapout_method_and_its_entry_becomes_empty()
    {
        using var rig = new Rig(SwapoutDriver(Errno.None));
        rig.MapDevice(0, 2, offset: 1);
        rig.Process.Store(Rig.At(1), 42);
        rig.Forget();

        rig.Kernel.FreePagesByStealing(1);

        Assert.Equal("swapout 1-2", rig.Story());
        Assert.True(rig.Entry(1).IsNone);
        Assert.Equal(1, PageOf(rig).Count);
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(1)));
    }

    [Difference("swapout-signal")]
    [Fact]
    public void A_swapout_that_fails_earns_SIGBUS_once_and_the_page_goes_all_the_same()
    {
        using var rig = new Rig(SwapoutDriver(Errno.EIO));
        rig.MapDevice(0, 1);
        rig.Process.Store(Rig.At(0), 42);

        rig.Kernel.FreePagesByStealing(1);

        Assert.True(rig.Entry(0).IsNone);
        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => rig.Process.Load<int>(Rig.At(0))).Signal);
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void A_note_that_swapout_left_is_what_swapin_gets()
    {
        uint note = 0;
        PageDriver driver = null!;
        driver = new PageDriver(pages: 1)
        {
            OnSwapout = (_, area, offset, _) =>
            {
                driver.Kernel.SetPte(area.AddressSpace, area.Start + offset, driver.Kernel.MakeSwapNote(7));
                return Errno.None;
            },
            OnSwapin = (_, area, _, entry) =>
            {
                note = driver.Kernel.SwapNote(entry);
                driver.Kernel.GetPage(driver.Pages[0]);
                return driver.Kernel.MakePte(driver.Pages[0], area.PageProtection);
            },
        };
        using var rig = new Rig(driver);
        rig.MapDevice(0, 1);
        rig.Process.Store(Rig.At(0), 42);
        rig.Kernel.FreePagesByStealing(1);
        Assert.Equal("swap own:0007", rig.Entry(0).ToString());
        rig.Forget();

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));

        Assert.Equal("swapin 0-1", rig.Story());
        Assert.Equal(7u, note);
        Assert.Equal(2, driver.PageAt(0).Count);
        rig.Process.Exit();
        Assert.Empty(rig.Machine.Shutdown());
    }

    [Fact(DisplayName = "k20:swap.detach A dirty device page without swapout method goes to swap and comes back as a private copy")]
    public void A_dirty_device_page_without_swapout_goes_to_swap_and_comes_back_as_a_private_copy()
    {
        var driver = new PageDriver(pages: 1);
        using var rig = new Rig(driver);
        rig.Kernel.AddSwap(pages: 4);
        rig.MapDevice(0, 1);
        rig.Process.Store(Rig.At(0), 42);

        rig.Kernel.FreePagesByStealing(1);
        rig.Kernel.Write(driver.Pages[0], 43);

        Assert.Equal("swap 0:0001", rig.Entry(0).ToString());
        Assert.Equal(1, driver.PageAt(0).Count);
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
        rig.Process.Store(Rig.At(0), 44);
        Assert.Equal(43, rig.Kernel.Read<int>(driver.Pages[0]));
    }

    [Theory]
    [InlineData(VmFlags.Shm)]
    [InlineData(VmFlags.Locked)]
    public void An_area_with_either_flag_is_left_alone(VmFlags flag)
    {
        using Rig rig = WithFlaggedDevice(flag);

        Assert.Equal(0, rig.Kernel.FreePagesByStealing(1));

        Assert.True(rig.Entry(0).IsPresent);
    }

    [Theory]
    [InlineData(VmFlags.Shm, true)]
    [InlineData(VmFlags.Locked, false)]
    public void Only_one_of_the_flags_protects_a_child(VmFlags flag, bool isLeftAlone)
    {
        using Rig rig = WithFlaggedDevice(flag);
        Process child = rig.Process.Fork();

        rig.Kernel.FreePagesByStealing(1);

        Assert.Equal(isLeftAlone, rig.Entry(0, child).IsPresent);
        Assert.True(rig.Entry(0).IsPresent);
    }

    [Fact]
    public void Reserved_pages_and_devices_are_left_alone()
    {
        using var rig = new Rig(new RemapDriver());
        rig.Kernel.AddSwap(pages: 4);
        KernelAddress buffer = rig.Kernel.GetFreePage();
        rig.Kernel.ReservePage(buffer);
        rig.MapDeviceAt(new PhysicalAddress(buffer.Value), 0, 1);
        rig.MapDeviceAt(rig.AddMmio(new RecordingMmio(), pages: 1), 1, 1);
        rig.Process.Store(Rig.At(0), 42);
        rig.Process.Store(Rig.At(1), 42);

        Assert.Equal(0, rig.Kernel.FreePagesByStealing(1));

        Assert.Equal(["present", "present"], States(rig, 2));
    }

    [Fact]
    public void Processes_lose_pages_in_turn()
    {
        using Rig rig = WithDirtyMemory(pages: 40);
        Process other = rig.Kernel.Spawn();
        rig.MapMemory(0, 40, by: other);
        for (int page = 0; page < 40; page++)
            other.Store(Rig.At(page), page);

        Assert.Equal(40, rig.Kernel.FreePagesByStealing(40));

        Assert.Equal(8, rig.Process.AddressSpace.ResidentPages);
        Assert.Equal(32, other.AddressSpace.ResidentPages);
    }

    [Fact]
    public void Without_swap_dirty_memory_stays()
    {
        using var rig = new Rig();
        rig.Process.Store(rig.MapMemory(0, 1), 42);

        Assert.Equal(0, rig.Kernel.FreePagesByStealing(1));

        Assert.True(rig.Entry(0).IsPresent);
    }

    [Fact]
    public void A_cache_that_can_shrink_spares_the_processes()
    {
        using Rig rig = WithDirtyMemory(pages: 1);
        int asked = 0;
        rig.Kernel.Vm.Stealer.Reclaimers.Add(pages =>
        {
            asked += pages;
            return 1;
        });

        Assert.Equal(2, rig.Kernel.FreePagesByStealing(2));

        Assert.Equal(2, asked);
        Assert.True(rig.Entry(0).IsPresent);
    }

    [Difference("steal-when-empty")]
    [Fact]
    public void An_allocation_that_finds_nothing_steals_and_goes_on()
    {
        using Rig rig = WithDirtyMemory(pages: 1);
        while (rig.Kernel.MemMap.FreeCount > 0)
            rig.Kernel.GetFreePage();

        Assert.False(rig.Kernel.GetFreePage().IsNull);

        Assert.Equal("swap 0:0001", rig.Entry(0).ToString());
    }

    [Fact]
    public void No_block_is_as_large_as_an_order_that_does_not_exist_and_nothing_is_stolen_for_it()
    {
        using Rig rig = WithDirtyMemory(pages: 1);

        Assert.True(rig.Kernel.GetFreePages(6).IsNull);

        Assert.True(rig.Entry(0).IsPresent);
    }

    [Fact]
    public void A_swapout_that_needs_memory_itself_gets_none_by_stealing()
    {
        bool gotNone = false;
        using var rig = new Rig(new PageDriver(pages: 1)
        {
            OnSwapout = (driver, _, _, _) =>
            {
                gotNone = driver.Kernel.GetFreePage().IsNull;
                return Errno.None;
            },
        });
        rig.Process.Store(rig.MapDevice(0, 1), 42);
        while (rig.Kernel.MemMap.FreeCount > 0)
            rig.Kernel.GetFreePage();

        rig.Kernel.FreePagesByStealing(1);

        Assert.True(gotNone);
    }

    [Difference("swapout-throws")]
    [Fact]
    public void A_swapout_that_throws_is_an_oops_that_kills_nobody()
    {
        using var rig = new Rig(new PageDriver(pages: 1) { OnSwapout = (_, _, _, _) => throw new InvalidOperationException("a bug") });
        rig.Process.Store(rig.MapDevice(0, 1), 42);

        Assert.Equal(0, rig.Kernel.FreePagesByStealing(1));

        Assert.NotEmpty(rig.Kernel.Oopses);
        Assert.True(rig.Process.IsAlive);
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
    }

    private static Rig WithDirtyMemory(int pages)
    {
        var rig = new Rig();
        rig.Kernel.AddSwap(pages: 64);
        rig.MapMemory(0, pages);
        for (int page = 0; page < pages; page++)
            rig.Process.Store(Rig.At(page), page);
        return rig;
    }

    private static Rig WithFlaggedDevice(VmFlags flag)
    {
        var rig = new Rig(new PageDriver(pages: 1)
        {
            OnMmap = (driver, inode, area) =>
            {
                area.Flags |= flag;
                return driver.CountedMmap(inode, area);
            },
        });
        rig.Kernel.AddSwap(pages: 4);
        rig.Process.Store(rig.MapDevice(0, 1), 42);
        return rig;
    }

    private static PageDriver SwapoutDriver(Errno result) => new(pages: 3) { OnSwapout = (_, _, _, _) => result };

    private static MmapAnalyzers.Runtime.Memory.Page PageOf(Rig rig) => ((PageDriver)rig.Driver).PageAt(2);

    private static string[] States(Rig rig, int pages) =>
        [.. Enumerable.Range(0, pages).Select(page => rig.Entry(page)).Select(entry => entry.IsPresent ? "present" : entry.ToString())];
}
