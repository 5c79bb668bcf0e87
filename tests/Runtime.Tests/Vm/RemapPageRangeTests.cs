using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Which pages <c>remap_page_range</c> maps, and which it leaves out without a word.</summary>
public sealed class RemapPageRangeTests
{
    [Fact]
    public void Ordinary_memory_is_silently_left_out_and_the_process_sees_zeroes()
    {
        using var rig = new Rig(new RemapDriver());
        KernelAddress page = rig.Kernel.GetFreePage();
        rig.Kernel.Write(page, 42);

        MapAddress(rig, page.Value);

        Assert.Equal(0, rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void Reserved_memory_is_mapped_and_shared()
    {
        using var rig = new Rig(new RemapDriver());
        KernelAddress page = rig.Kernel.GetFreePage();
        rig.Kernel.ReservePage(page);
        rig.Kernel.Write(page, 42);

        MapAddress(rig, page.Value);

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
        rig.Process.Store(Rig.At(0), 43);
        Assert.Equal(43, rig.Kernel.Read<int>(page));
    }

    [Fact]
    public void Reserved_memory_is_neither_counted_nor_freed()
    {
        using var rig = new Rig(new RemapDriver());
        KernelAddress page = rig.Kernel.GetFreePage();
        rig.Kernel.ReservePage(page);
        MapAddress(rig, page.Value);

        rig.Process.Load<int>(Rig.At(0));
        rig.Process.Fork();
        Assert.Equal(1, rig.Kernel.MemMap[rig.Kernel.MapNr(page)].Count);

        rig.Unmap(0, 1);
        Assert.Equal(1, rig.Kernel.MemMap[rig.Kernel.MapNr(page)].Count);
    }

    [Fact]
    public void Only_the_reserved_page_of_a_range_is_mapped()
    {
        using var rig = new Rig(new RemapDriver());
        KernelAddress reserved = rig.Kernel.GetFreePage();
        rig.Kernel.ReservePage(reserved);
        rig.Kernel.Write(reserved, 42);

        rig.Process.Mmap(2 * Rig.Page, Protection.ReadWrite, MapFlags.Shared, rig.Fd, reserved.Value - Rig.Page);

        Assert.Equal(0, rig.Process.Load<int>(Rig.At(0)));
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(1)));
    }

    [Fact]
    public void A_device_sees_the_offset_and_the_size_of_each_access()
    {
        var memory = new RecordingMmio();
        using var rig = new Rig(new RemapDriver());
        rig.MapDeviceAt(rig.AddMmio(memory, pages: 2), 0, 2);

        rig.Process.Load<byte>(Rig.At(0) + 1);
        rig.Process.Load<ushort>(Rig.At(0) + 2);
        rig.Process.Load<uint>(Rig.At(1) + 4);
        rig.Process.Store<byte>(Rig.At(0) + 3, 0xAB);
        rig.Process.Store<ushort>(Rig.At(1), 0xABCD);
        rig.Process.Store<uint>(Rig.At(1) + 0xFFC, 0x89ABCDEF);

        Assert.Equal(
            ["read 0001 1", "read 0002 2", "read 1004 4", "write 0003 1 AB", "write 1000 2 ABCD", "write 1FFC 4 89ABCDEF"],
            memory.Accesses);
    }

    [Fact]
    public void A_mapping_that_starts_inside_the_device_sees_the_offset_within_the_device()
    {
        var memory = new RecordingMmio();
        using var rig = new Rig(new RemapDriver());
        PhysicalAddress device = rig.AddMmio(memory, pages: 4);

        rig.MapDeviceAt(new PhysicalAddress(device.Value + (3 * Rig.Page)), 0, 1);
        rig.Process.Load<byte>(Rig.At(0) + 8);

        Assert.Equal(["read 3008 1"], memory.Accesses);
    }

    [Fact]
    public void Nothing_checks_that_the_range_lies_in_the_area()
    {
        using var rig = new Rig(new TestDriver
        {
            OnMmap = (driver, inode, area) =>
            {
                Assert.Equal(Errno.None, driver.Kernel.RemapPageRange(area.Start, area.Offset, 2 * area.Length, area.PageProtection));
                return driver.CountedMmap(inode, area);
            },
        });

        rig.MapDeviceAt(rig.AddMmio(new RecordingMmio(), pages: 2), 0, 1);

        Assert.Equal(RecordingMmio.Answer, rig.Process.Load<byte>(Rig.At(1)));
    }

    [Fact]
    public void An_old_entry_is_released_and_the_kernel_grumbles()
    {
        PhysicalAddress device = default;
        var driver = new PageDriver(pages: 1)
        {
            OnUnmap = (driver, area, _, _) =>
                Assert.Equal(Errno.None, driver.Kernel.RemapPageRange(area.Start, device.Value, Rig.Page, area.PageProtection)),
        };
        using var rig = new Rig(driver);
        device = rig.AddMmio(new RecordingMmio(), pages: 1);
        rig.MapDevice(0, 1);
        rig.Process.Load<byte>(Rig.At(0));

        rig.Unmap(0, 1);

        Assert.Contains(rig.Kernel.Log, line => line.Contains("forget_pte: old mapping existed!"));
        Assert.Equal(1, driver.PageAt(0).Count);
    }

    [Fact]
    public void The_protection_that_the_driver_passes_on_counts()
    {
        using var rig = new Rig(new RemapDriver());
        KernelAddress page = rig.Kernel.GetFreePage();
        rig.Kernel.ReservePage(page);
        rig.Process.Mmap(Rig.Page, Protection.Read, MapFlags.Shared, rig.Fd, page.Value);

        Assert.Equal(Signal.SIGSEGV, Assert.Throws<SignalException>(() => rig.Process.Store(Rig.At(0), 1)).Signal);
    }

    private static void MapAddress(Rig rig, ulong address) => rig.Process.Mmap(Rig.Page, Protection.ReadWrite, MapFlags.Shared, rig.Fd, address);
}
