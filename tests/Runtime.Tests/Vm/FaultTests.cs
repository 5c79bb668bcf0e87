using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>What happens when a process touches an address.</summary>
public sealed class FaultTests
{
    [Fact]
    public void An_address_outside_every_area_is_SIGSEGV()
    {
        using var rig = new Rig();

        AssertSignal(Signal.SIGSEGV, () => rig.Process.Load<byte>(Rig.At(0)));
        AssertSignal(Signal.SIGSEGV, () => rig.Kernel.Spawn().Store(Rig.At(0), 1));
    }

    [Theory]
    [InlineData(Protection.None, false, false)]
    [InlineData(Protection.Read, true, false)]
    [InlineData(Protection.Exec, true, false)]
    [InlineData(Protection.Write, false, true)]
    [InlineData(Protection.ReadWrite, true, true)]
    public void The_first_touch_needs_the_right(Protection protection, bool canRead, bool canWrite)
    {
        using var reading = new Rig();
        reading.MapMemory(0, 1, protection);
        AssertTouch(canRead, () => reading.Process.Load<byte>(Rig.At(0)));

        using var writing = new Rig();
        writing.MapMemory(0, 1, protection);
        AssertTouch(canWrite, () => writing.Process.Store<byte>(Rig.At(0), 1));
    }

    [Fact]
    public void A_page_that_may_only_be_written_can_be_read_once_it_is_there()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1, Protection.Write);

        rig.Process.Store(Rig.At(0), 42);

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void Reading_fresh_memory_takes_no_page_and_writing_takes_one()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 4);
        rig.Process.Load<int>(Rig.At(3));       // the page table
        int free = rig.Kernel.MemMap.FreeCount;

        Assert.Equal(0, rig.Process.Load<int>(Rig.At(0)));
        Assert.Equal(free, rig.Kernel.MemMap.FreeCount);

        rig.Process.Store(Rig.At(0), 1);
        Assert.Equal(free - 1, rig.Kernel.MemMap.FreeCount);
    }

    [Fact]
    public void Writing_where_the_zero_page_was_read_leaves_the_zero_page_alone()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 2);
        rig.Process.Load<int>(Rig.At(0));
        rig.Process.Load<int>(Rig.At(1));

        rig.Process.Store(Rig.At(0), 42);

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
        Assert.Equal(0, rig.Process.Load<int>(Rig.At(1)));
    }

    [Fact]
    public void After_fork_each_process_keeps_its_own_private_memory()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1);
        rig.Process.Store(Rig.At(0), 1);
        Process child = rig.Process.Fork();

        child.Store(Rig.At(0), 2);
        Assert.Equal(1, rig.Process.Load<int>(Rig.At(0)));

        rig.Process.Store(Rig.At(0), 3);
        Assert.Equal(2, child.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void The_last_owner_of_a_page_that_was_shared_by_fork_writes_in_place()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1);
        rig.Process.Store(Rig.At(0), 1);
        rig.Process.Fork().Exit();
        int free = rig.Kernel.MemMap.FreeCount;

        rig.Process.Store(Rig.At(0), 2);

        Assert.Equal(free, rig.Kernel.MemMap.FreeCount);
    }

    [Fact]
    public void Fork_shares_the_device_pages_and_counts_them()
    {
        var driver = new PageDriver(pages: 1);
        using var rig = new Rig(driver);
        rig.MapDevice(0, 1);
        rig.Process.Store(Rig.At(0), 1);

        Process child = rig.Process.Fork();

        Assert.Equal(3, driver.PageAt(0).Count);
        child.Store(Rig.At(0), 2);
        Assert.Equal(2, rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void Nopage_gets_the_address_of_the_page()
    {
        using var rig = new Rig(new PageDriver(pages: 2));
        rig.MapDevice(0, 2);
        rig.Forget();

        rig.Process.Load<byte>(Rig.At(1) + 123);

        Assert.Equal("nopage 1-2", rig.Story());
    }

    [Theory]
    [InlineData(MapFlags.Shared, false, "nopage 0-1")]
    [InlineData(MapFlags.Shared, true, "nopage 0-1")]
    [InlineData(MapFlags.Private, false, "nopage 0-1")]
    [InlineData(MapFlags.Private, true, "nopage no_share 0-1")]
    public void Nopage_is_asked_for_a_copy_only_by_a_private_write(MapFlags sharing, bool isWrite, string expected)
    {
        using var rig = new Rig(new PageDriver(pages: 1));
        rig.MapDevice(0, 1, sharing: sharing);
        rig.Forget();

        if (isWrite)
            rig.Process.Store<byte>(Rig.At(0), 1);
        else
            rig.Process.Load<byte>(Rig.At(0));

        Assert.Equal(expected, rig.Story());
    }

    [Fact]
    public void A_driver_that_ignores_no_share_lets_a_private_write_through_to_its_page()
    {
        var driver = new PageDriver(pages: 1);
        using var rig = new Rig(driver);
        rig.MapDevice(0, 1, sharing: MapFlags.Private);

        rig.Process.Store(Rig.At(0), 42);

        Assert.Equal(42, rig.Kernel.Read<int>(driver.Pages[0]));
    }

    [Fact]
    public void A_private_write_after_a_read_copies_the_page_that_nopage_gave()
    {
        var driver = new PageDriver(pages: 1);
        using var rig = new Rig(driver);
        rig.MapDevice(0, 1, sharing: MapFlags.Private);
        rig.Kernel.Write(driver.Pages[0], 7);

        Assert.Equal(7, rig.Process.Load<int>(Rig.At(0)));
        rig.Process.Store(Rig.At(0), 42);

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
        Assert.Equal(7, rig.Kernel.Read<int>(driver.Pages[0]));
        Assert.Equal(1, driver.PageAt(0).Count);
    }

    [Fact]
    public void A_null_address_from_nopage_is_SIGBUS_and_the_next_access_finds_a_junk_page()
    {
        using var rig = new Rig(new PageDriver(pages: 0));
        rig.MapDevice(0, 1);

        AssertSignal(Signal.SIGBUS, () => rig.Process.Load<int>(Rig.At(0)));

        rig.Process.Store(Rig.At(0), 42);
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void A_page_whose_slot_was_filled_meanwhile_is_given_back()
    {
        var memory = new RecordingMmio();
        PhysicalAddress device = default;
        var driver = new PageDriver(pages: 1)
        {
            OnNopage = (driver, area, address, _) =>
            {
                Assert.Equal(Errno.None, driver.Kernel.RemapPageRange(address, device.Value, Rig.Page, area.PageProtection));
                return ((PageDriver)driver).Counted(area, address);
            },
        };
        using var rig = new Rig(driver);
        device = rig.AddMmio(memory, pages: 1);
        rig.MapDevice(0, 1);

        Assert.Equal(RecordingMmio.Answer, rig.Process.Load<byte>(Rig.At(0)));
        Assert.Equal(1, driver.PageAt(0).Count);
    }

    [Fact]
    public void A_private_write_to_device_memory_kills_the_process()
    {
        using var rig = new Rig(new RemapDriver());
        PhysicalAddress device = rig.AddMmio(new RecordingMmio(), pages: 1);
        rig.MapDeviceAt(device, 0, 1, MapFlags.Private);
        Process other = rig.Kernel.Spawn();

        Assert.Equal(RecordingMmio.Answer, rig.Process.Load<byte>(Rig.At(0)));
        AssertSignal(Signal.SIGKILL, () => rig.Process.Store<byte>(Rig.At(0), 1));

        rig.MapMemory(0, 1, by: other);
        other.Store(Rig.At(0), 1);
    }

    [Fact]
    public void A_reserved_page_with_count_one_is_written_in_place_even_by_a_private_mapping()
    {
        using var rig = new Rig(new RemapDriver());
        KernelAddress page = rig.Kernel.GetFreePage();
        rig.Kernel.ReservePage(page);
        rig.Process.Mmap(Rig.Page, Protection.ReadWrite, MapFlags.Private, rig.Fd, page.Value);

        rig.Process.Store(Rig.At(0), 42);

        Assert.Equal(42, rig.Kernel.Read<int>(page));
    }

    [Fact]
    public void The_pages_that_a_process_has_are_counted()
    {
        using var rig = new Rig(new PageDriver(pages: 2));
        rig.MapDevice(0, 2);
        rig.MapMemory(2, 2);
        rig.Process.Load<byte>(Rig.At(0));
        rig.Process.Store<byte>(Rig.At(2), 1);
        Assert.Equal(2, rig.Process.AddressSpace.ResidentPages);

        rig.Unmap(0, 4);
        Assert.Equal(0, rig.Process.AddressSpace.ResidentPages);
    }

    private static void AssertSignal(Signal expected, Action access) => Assert.Equal(expected, Assert.Throws<SignalException>(access).Signal);

    private static void AssertTouch(bool allowed, Action access)
    {
        if (allowed)
            access();
        else
            AssertSignal(Signal.SIGSEGV, access);
    }
}
