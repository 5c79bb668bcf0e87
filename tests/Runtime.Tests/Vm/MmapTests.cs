using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>What <c>mmap</c> checks, in which order, and what it has already done when the driver is asked.</summary>
public sealed class MmapTests
{
    private const MapFlags PrivateMemory = MapFlags.Private | MapFlags.Anonymous;
    private const ulong UserEnd = 0xC000_0000;

    [Fact]
    public void Length_zero_returns_the_address_that_was_asked_for_and_maps_nothing()
    {
        using var rig = new Rig();

        Assert.Equal(Rig.At(5), rig.Process.Mmap(0, Protection.Read, MapFlags.Shared, rig.Fd, address: Rig.At(5)));
        Assert.Empty(rig.Story());
    }

    [Fact]
    public void A_length_that_wraps_when_it_is_rounded_up_counts_as_zero()
    {
        using var rig = new Rig();

        Assert.Equal(Rig.At(5), rig.Process.Mmap(0xFFFF_F001, Protection.Read, MapFlags.Shared, rig.Fd, address: Rig.At(5)));
        Assert.Empty(rig.Story());
    }

    [Fact]
    public void The_length_is_rounded_up_to_pages()
    {
        using var rig = new Rig();

        rig.Process.Mmap(Rig.Page + 1, Protection.Read, MapFlags.Shared, rig.Fd);

        Assert.Equal("mmap 0-2", rig.Story());
    }

    [Fact]
    public void A_bad_file_number_is_found_before_the_length() =>
        Fails(Errno.EBADF, rig => rig.Process.Mmap(0, Protection.Read, MapFlags.Shared, fd: 77));

    [Fact]
    public void More_than_all_user_addresses_is_EINVAL() =>
        Fails(Errno.EINVAL, rig => rig.Process.Mmap(UserEnd + 1, Protection.Read, PrivateMemory));

    [Fact]
    public void A_hint_too_near_the_end_of_the_user_addresses_is_EINVAL() =>
        Fails(Errno.EINVAL, rig => rig.Process.Mmap(2 * Rig.Page, Protection.Read, PrivateMemory, address: new UserAddress(UserEnd - Rig.Page)));

    [Fact]
    public void An_offset_that_wraps_is_EINVAL() =>
        Fails(Errno.EINVAL, rig => rig.Process.Mmap(Rig.Page, Protection.Read, MapFlags.Shared, rig.Fd, offset: 0xFFFF_F001));

    [Fact]
    public void Writing_to_a_shared_mapping_of_a_file_opened_for_reading_is_EACCES() =>
        Fails(Errno.EACCES, rig => rig.Process.Mmap(Rig.Page, Protection.ReadWrite, MapFlags.Shared, rig.Fd), OpenFlags.ReadOnly);

    [Theory]
    [InlineData(MapFlags.Shared)]
    [InlineData(MapFlags.Private)]
    public void A_file_that_is_not_open_for_reading_is_EACCES(MapFlags sharing) =>
        Fails(Errno.EACCES, rig => rig.Process.Mmap(Rig.Page, Protection.Write, sharing, rig.Fd), OpenFlags.WriteOnly);

    [Fact]
    public void Neither_shared_nor_private_is_EINVAL() =>
        Fails(Errno.EINVAL, rig => rig.Process.Mmap(Rig.Page, Protection.Read, default, rig.Fd));

    [Fact]
    public void Anonymous_memory_cannot_be_shared() =>
        Fails(Errno.EINVAL, rig => rig.Process.Mmap(Rig.Page, Protection.Read, MapFlags.Shared | MapFlags.Anonymous));

    [Fact]
    public void A_fixed_address_that_is_not_aligned_is_EINVAL() =>
        Fails(Errno.EINVAL, rig => rig.Process.Mmap(Rig.Page, Protection.Read, MapFlags.Shared | MapFlags.Fixed, rig.Fd, address: Rig.Base + 1));

    [Fact]
    public void No_gap_above_the_hint_is_ENOMEM() =>
        Fails(Errno.ENOMEM, rig => rig.Process.Mmap(0x9000_0000, Protection.Read, PrivateMemory));

    [Fact]
    public void A_file_without_an_mmap_method_is_ENODEV() =>
        Fails(Errno.ENODEV, rig => rig.Process.Mmap(Rig.Page, Protection.Read, MapFlags.Shared, rig.Fd), driver: new TestDriver { HasMmap = false });

    [Fact]
    public void Access_is_checked_before_the_mmap_method_is_missed() =>
        Fails(
            Errno.EACCES,
            rig => rig.Process.Mmap(Rig.Page, Protection.ReadWrite, MapFlags.Shared, rig.Fd),
            OpenFlags.ReadOnly,
            new TestDriver { HasMmap = false });

    [Fact]
    public void The_address_is_checked_before_the_mmap_method_is_missed() =>
        Fails(
            Errno.EINVAL,
            rig => rig.Process.Mmap(Rig.Page, Protection.Read, MapFlags.Shared | MapFlags.Fixed, rig.Fd, address: Rig.Base + 1),
            driver: new TestDriver { HasMmap = false });

    [Fact]
    public void The_raw_call_returns_what_the_kernel_returns()
    {
        using var rig = new Rig();

        Assert.Equal(-(long)Errno.EBADF, rig.Process.SysMmap(default, Rig.Page, Protection.Read, MapFlags.Shared, 77, 0));
        Assert.Equal((long)Rig.Base.Value, rig.Process.SysMmap(default, Rig.Page, Protection.Read, MapFlags.Shared, rig.Fd, 0));
    }

    [Fact]
    public void Mappings_start_at_a_third_of_the_user_addresses_and_take_the_first_gap()
    {
        using var rig = new Rig();
        rig.MapMemory(1, 1);

        Assert.Equal(Rig.At(0), rig.Process.Mmap(Rig.Page, Protection.Read, PrivateMemory));
        Assert.Equal(Rig.At(2), rig.Process.Mmap(Rig.Page, Protection.Read, PrivateMemory));
    }

    [Fact]
    public void A_hint_is_rounded_up_and_honoured_where_it_is_free()
    {
        using var rig = new Rig();

        Assert.Equal(Rig.At(9), rig.Process.Mmap(Rig.Page, Protection.Read, PrivateMemory, address: Rig.At(8) + 1));
        Assert.Equal(Rig.At(10), rig.Process.Mmap(Rig.Page, Protection.Read, PrivateMemory, address: Rig.At(9)));
    }

    [Fact]
    public void The_offset_reaches_the_driver_as_it_is_aligned_or_not()
    {
        ulong seen = 0;
        using var rig = new Rig(new TestDriver
        {
            OnMmap = (driver, inode, area) =>
            {
                seen = area.Offset;
                return driver.CountedMmap(inode, area);
            },
        });

        rig.Process.Mmap(Rig.Page, Protection.Read, MapFlags.Shared, rig.Fd, offset: 123);

        Assert.Equal(123u, seen);
    }

    [Theory]
    [InlineData(OpenFlags.ReadWrite, MapFlags.Shared, VmFlags.Shared | VmFlags.MayShare | VmFlags.MayWrite)]
    [InlineData(OpenFlags.ReadWrite, MapFlags.Private, VmFlags.MayWrite)]
    [InlineData(OpenFlags.ReadOnly, MapFlags.Private, VmFlags.MayWrite)]
    [InlineData(OpenFlags.ReadOnly, MapFlags.Shared, VmFlags.MayShare)]
    public void A_shared_mapping_of_a_file_opened_for_reading_is_demoted_to_private(OpenFlags open, MapFlags sharing, VmFlags expected)
    {
        VmFlags seen = default;
        using var rig = new Rig(
            new TestDriver
            {
                OnMmap = (driver, inode, area) =>
                {
                    seen = area.Flags;
                    return driver.CountedMmap(inode, area);
                },
            },
            open);

        rig.Process.Mmap(Rig.Page, Protection.Read, sharing, rig.Fd);

        Assert.Equal(expected | VmFlags.Read | VmFlags.MayRead | VmFlags.MayExec, seen);
    }

    [Fact]
    public void The_driver_finds_an_area_without_operations_and_without_an_inode()
    {
        bool isEmpty = false;
        using var rig = new Rig(new TestDriver
        {
            OnMmap = (driver, inode, area) =>
            {
                isEmpty = area.Operations is null && area.Inode is null;
                return driver.CountedMmap(inode, area);
            },
        });

        rig.MapDevice(0, 1);

        Assert.True(isEmpty);
    }

    [Fact]
    public void A_fixed_mapping_destroys_what_was_there_even_when_the_driver_then_fails()
    {
        bool fails = false;
        using var rig = new Rig(new TestDriver { OnMmap = (driver, inode, area) => fails ? Errno.ENXIO : driver.CountedMmap(inode, area) });
        rig.MapDevice(0, 2);
        rig.Process.Store(Rig.At(0), 42);
        fails = true;
        rig.Forget();

        Assert.Equal(Errno.ENXIO, Assert.Throws<KernelException>(() => rig.MapDevice(0, 2)).Error);

        Assert.Equal("unmap 0-2; close 0-2; mmap 0-2", rig.Story());
        Assert.Equal(Signal.SIGSEGV, Assert.Throws<SignalException>(() => rig.Process.Load<int>(Rig.At(0))).Signal);
    }

    [Fact]
    public void A_failing_driver_is_not_asked_to_close()
    {
        using var rig = new Rig(new TestDriver
        {
            OnMmap = (driver, _, area) =>
            {
                area.Operations = driver.Operations;
                return Errno.EAGAIN;
            },
        });

        Assert.Equal(Errno.EAGAIN, Assert.Throws<KernelException>(() => rig.MapDevice(0, 2)).Error);

        Assert.Equal("mmap 0-2", rig.Story());
        Assert.Equal(0, rig.Driver.UseCount);
    }

    [Fact]
    public void What_a_failing_driver_has_mapped_stays_mapped_and_shows_through_a_later_mapping()
    {
        var memory = new RecordingMmio();
        using var rig = new Rig(new TestDriver
        {
            OnMmap = (driver, _, area) => driver.Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) == Errno.None
                ? Errno.EINVAL
                : Errno.EAGAIN,
        });
        PhysicalAddress device = rig.AddMmio(memory, pages: 1);

        Assert.Equal(Errno.EINVAL, Assert.Throws<KernelException>(() => rig.MapDeviceAt(device, 0, 1)).Error);
        rig.MapMemory(0, 1);

        Assert.Equal(RecordingMmio.Answer, rig.Process.Load<byte>(Rig.At(0)));
    }

    [Fact]
    public void A_locked_area_has_its_pages_touched_before_mmap_returns()
    {
        using var rig = new Rig(new PageDriver(pages: 2)
        {
            OnMmap = (driver, inode, area) =>
            {
                area.Flags |= VmFlags.Locked;
                return driver.CountedMmap(inode, area);
            },
        });

        rig.MapDevice(0, 2);

        Assert.Equal("mmap 0-2; nopage 0-1; nopage 1-2", rig.Story());
    }

    [Fact]
    public void A_hole_in_a_locked_area_is_a_signal_under_mmap_and_the_mapping_is_there_all_the_same()
    {
        using var rig = new Rig(new PageDriver(pages: 1)
        {
            OnMmap = (driver, inode, area) =>
            {
                area.Flags |= VmFlags.Locked;
                return driver.CountedMmap(inode, area);
            },
        });

        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => rig.MapDevice(0, 2)).Signal);

        Assert.Equal(1, rig.Driver.UseCount);
        Assert.Equal(0, rig.Process.Load<byte>(Rig.At(0)));
    }

    /// <summary>Runs a call that must fail with this error and must not reach the driver.</summary>
    private static void Fails(Errno expected, Action<Rig> call, OpenFlags open = OpenFlags.ReadWrite, TestDriver? driver = null)
    {
        using var rig = new Rig(driver, open);

        Assert.Equal(expected, Assert.Throws<KernelException>(() => call(rig)).Error);
        Assert.Empty(rig.Story());
    }
}
