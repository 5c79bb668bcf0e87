using System.Numerics;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Hardware;

/// <summary>Loads and stores of a process: sizes, ends of pages and of areas, and the bits that the processor leaves in the entries.</summary>
public sealed class LoadStoreTests : IDisposable
{
    private readonly Rig _rig = new(new PageDriver(pages: 2));

    private Process Process => _rig.Process;

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(0)]          // aligned
    [InlineData(1)]          // not aligned
    [InlineData(4095)]       // across two pages, whatever the size
    [InlineData(4093)]
    public void Every_integer_comes_back_as_it_was_stored(int at)
    {
        _rig.MapMemory(0, 2);

        AssertRoundTrip<byte>(at, 0xF1);
        AssertRoundTrip<sbyte>(at, -2);
        AssertRoundTrip<ushort>(at, 0xF123);
        AssertRoundTrip<short>(at, -12345);
        AssertRoundTrip(at, 0xF1234567u);
        AssertRoundTrip(at, -123456789);
        AssertRoundTrip(at, 0xF123456789ABCDEFul);
        AssertRoundTrip(at, -1234567890123456789L);
        AssertRoundTrip(at, UInt128.MaxValue - 42);
    }

    [Fact]
    public void The_lowest_byte_comes_first()
    {
        _rig.MapMemory(0, 2);

        Process.Store(Rig.At(1) - 2, 0x44332211);

        Assert.Equal([0x11, 0x22, 0x33, 0x44], Enumerable.Range(0, 4).Select(i => (int)Process.Load<byte>(Rig.At(1) - 2 + (ulong)i)));
    }

    [Fact]
    public void An_access_that_leaves_the_last_area_is_SIGSEGV()
    {
        _rig.MapMemory(0, 1);

        AssertSegv(() => Process.Load<int>(Rig.At(1) - 2));
        AssertSegv(() => Process.Store(Rig.At(1) - 2, 1));
        AssertSegv(() => Process.Load<int>(Rig.At(0) - 2));
    }

    [Theory]
    [InlineData(1UL << 32)]
    [InlineData(1UL << 42)]
    [InlineData(1UL << 63)]
    public void An_address_far_beyond_the_users_is_SIGSEGV_though_its_lower_bits_are_mapped(ulong beyond)
    {
        _rig.MapMemory(0, 1);
        Process.Store(Rig.At(0), 1);
        Process.Load<int>(Rig.At(0));

        AssertSegv(() => Process.Load<int>(Rig.At(0) + beyond));
        AssertSegv(() => Process.Store(Rig.At(0) + beyond, 2));
    }

    [Fact]
    public void An_access_may_go_from_one_area_into_the_next()
    {
        _rig.MapDevice(0, 1);
        _rig.MapMemory(1, 1);

        Process.Store(Rig.At(1) - 2, 0x44332211);

        Assert.Equal(0x44332211, Process.Load<int>(Rig.At(1) - 2));
        Assert.Equal(0x2211, _rig.Kernel.Read<ushort>(((PageDriver)_rig.Driver).Pages[0] + 0xFFE));
    }

    [Fact]
    public void An_access_into_an_area_that_may_not_be_written_is_SIGSEGV()
    {
        _rig.MapMemory(0, 1);
        _rig.MapMemory(1, 1, Protection.Read);

        AssertSegv(() => Process.Store(Rig.At(1) - 2, 1));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 1)]
    [InlineData(4000, 200)]
    [InlineData(4095, 2 * 4096)]
    public void A_span_is_copied_in_and_out(int at, int length)
    {
        _rig.MapMemory(0, 4);
        byte[] source = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        byte[] destination = new byte[length];

        Process.CopyTo(Rig.Base + (ulong)at, source);
        Process.CopyFrom(Rig.Base + (ulong)at, destination);

        Assert.Equal(source, destination);
    }

    [Fact]
    public void A_span_that_leaves_the_area_is_SIGSEGV()
    {
        _rig.MapMemory(0, 1);

        AssertSegv(() => Process.CopyFrom(Rig.At(0), new byte[Rig.Page + 1]));
        AssertSegv(() => Process.CopyTo(Rig.At(0), new byte[Rig.Page + 1]));
    }

    [Fact]
    public void A_load_marks_the_entry_accessed_and_a_store_marks_it_dirty()
    {
        var remap = new RemapDriver { Device = "remap", Major = 43 };
        Assert.Equal(Errno.None, _rig.Kernel.Insert(remap));
        PhysicalAddress device = _rig.AddMmio(new RecordingMmio(), pages: 1);
        int fd = Process.Open("/dev/remap", OpenFlags.ReadWrite);
        Process.Mmap(Rig.Page, Protection.ReadWrite, MapFlags.Shared | MapFlags.Fixed, fd, device.Value, Rig.At(0));
        Assert.False(Bits(0).Dirty);

        Process.Load<byte>(Rig.At(0));
        Assert.Equal((true, false), Bits(0));

        Process.Store<byte>(Rig.At(0), 1);
        Assert.Equal((true, true), Bits(0));
    }

    [Fact]
    public void A_page_that_was_faulted_in_by_a_store_is_dirty_and_one_by_a_load_is_not()
    {
        _rig.MapDevice(0, 2);

        Process.Load<byte>(Rig.At(0));
        Process.Store<byte>(Rig.At(1), 1);

        Assert.Equal((true, false), Bits(0));
        Assert.Equal((true, true), Bits(1));
    }

    [Fact]
    public void A_store_after_a_load_sets_dirty_although_the_translation_is_cached()
    {
        _rig.MapDevice(0, 1);
        Process.Load<byte>(Rig.At(0));
        Process.Load<byte>(Rig.At(0));

        Process.Store<byte>(Rig.At(0), 1);

        Assert.Equal((true, true), Bits(0));
    }

    [Fact]
    public void A_cached_translation_does_not_outlive_munmap()
    {
        _rig.MapMemory(0, 1);
        StoreAndLoad(42);

        _rig.Unmap(0, 1);

        AssertSegv(() => Process.Load<int>(Rig.At(0)));
        AssertSegv(() => Process.Store(Rig.At(0), 1));
        _rig.MapMemory(0, 1);
        Assert.Equal(0, Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void A_cached_translation_does_not_outlive_the_write_protection_of_fork()
    {
        _rig.MapMemory(0, 1);
        Process.Store(Rig.At(0), 1);
        Process child = Process.Fork();

        Process.Store(Rig.At(0), 2);

        Assert.Equal(1, child.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void A_cached_translation_does_not_outlive_a_move()
    {
        _rig.MapMemory(0, 1);
        _rig.MapDevice(1, 1);
        StoreAndLoad(42);

        UserAddress moved = _rig.Remap(0, 1, 2, MremapFlags.MayMove);

        AssertSegv(() => Process.Load<int>(Rig.At(0)));
        AssertSegv(() => Process.Store(Rig.At(0), 1));
        Assert.Equal(42, Process.Load<int>(moved));
    }

    [Fact]
    public void A_cached_translation_does_not_hide_an_entry_that_a_driver_changed()
    {
        PhysicalAddress device = _rig.AddMmio(new RecordingMmio(), pages: 1);
        bool isSwitched = false;
        var driver = new TestDriver
        {
            Device = "switch",
            Major = 43,
            OnMmap = (driver, inode, area) =>
            {
                // A second mapping of the device switches the first one over.
                if (isSwitched)
                    Assert.Equal(Errno.None, driver.Kernel.RemapPageRange(Rig.At(0), device.Value, Rig.Page, area.PageProtection));
                isSwitched = true;
                return driver.CountedMmap(inode, area);
            },
        };
        Assert.Equal(Errno.None, _rig.Kernel.Insert(driver));
        int fd = Process.Open("/dev/switch", OpenFlags.ReadWrite);
        Process.Mmap(Rig.Page, Protection.ReadWrite, MapFlags.Shared | MapFlags.Fixed, fd, address: Rig.At(0));
        StoreAndLoad(1);

        Process.Mmap(Rig.Page, Protection.ReadWrite, MapFlags.Shared | MapFlags.Fixed, fd, address: Rig.At(4));

        Assert.Equal(RecordingMmio.Answer, Process.Load<byte>(Rig.At(0)));
    }

    [Fact]
    public void Processes_with_the_same_addresses_do_not_share_translations()
    {
        Process other = _rig.Kernel.Spawn();
        _rig.MapMemory(0, 1);
        _rig.MapMemory(0, 1, by: other);

        for (int i = 0; i < 4; i++)
        {
            Process.Store(Rig.At(0), i);
            other.Store(Rig.At(0), 100 + i);
            Assert.Equal(i, Process.Load<int>(Rig.At(0)));
            Assert.Equal(100 + i, other.Load<int>(Rig.At(0)));
        }
    }

    /// <summary>Uses the first page in both ways, so that both translations are cached.</summary>
    private void StoreAndLoad(int value)
    {
        Process.Store(Rig.At(0), value);
        Assert.Equal(value, Process.Load<int>(Rig.At(0)));
    }

    private void AssertRoundTrip<T>(int at, T value)
        where T : unmanaged, INumber<T>
    {
        UserAddress address = Rig.Base + (ulong)at;
        Process.Store(address, value);
        Assert.Equal(value, Process.Load<T>(address));
    }

    private (bool Accessed, bool Dirty) Bits(int page)
    {
        PageTableEntry entry = _rig.Entry(page);
        return (entry.IsAccessed, entry.IsDirty);
    }

    private static void AssertSegv(Action access) => Assert.Equal(Signal.SIGSEGV, Assert.Throws<SignalException>(access).Signal);
}
