using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>What drivers map beside <c>remap_page_range</c>: zeros, devices by their bus address, and devices for the kernel itself.</summary>
public sealed class DeviceMappingTests
{
    /// <summary>A driver whose <c>mmap</c> fills the area with one call.</summary>
    private static TestDriver Filling(Func<TestDriver, VmArea, Errno> fill) => new()
    {
        OnMmap = (driver, inode, area) => fill(driver, area) == Errno.None ? driver.CountedMmap(inode, area) : Errno.EAGAIN,
    };

    private static TestDriver Zeros() => Filling((driver, area) => driver.Kernel.ZeromapPageRange(area.Start, area.Length, area.PageProtection));

    private static TestDriver Device(Func<PhysicalAddress> device) =>
        Filling((driver, area) => driver.Kernel.IoRemapPageRange(area.Start, device() + area.Offset, area.Length, area.PageProtection, space: 0));

    [Difference("zeromap-exported")]
    [Fact]
    public void Zeros_are_there_at_once_and_take_no_memory()
    {
        using var rig = new Rig(Zeros());
        rig.MapDevice(0, 2);
        int free = rig.Kernel.MemMap.FreeCount;

        Assert.Equal(0, rig.Process.Load<int>(Rig.At(1)));

        Assert.Equal(free, rig.Kernel.MemMap.FreeCount);
        Assert.Equal(0, rig.Process.AddressSpace.ResidentPages);
        Assert.False(rig.Entry(0).IsWritable);
    }

    [Fact]
    public void Writing_a_zero_copies_it()
    {
        using var rig = new Rig(Zeros());
        rig.MapDevice(0, 2, sharing: MapFlags.Private);

        rig.Process.Store(Rig.At(0), 42);

        Assert.Equal((42, 0), (rig.Process.Load<int>(Rig.At(0)), rig.Process.Load<int>(Rig.At(1))));
    }

    [Fact]
    public void Zeros_need_memory_for_tables()
    {
        using var rig = new Rig(Zeros());
        rig.MapMemory(8, 1);
        rig.UseUpMemory();

        Assert.Equal(-(long)Errno.EAGAIN, rig.Process.SysMmap(Rig.At(0), Rig.Page, Protection.Read, MapFlags.Private | MapFlags.Fixed, rig.Fd, 0));
    }

    [Difference("io-remap-everywhere")]
    [Fact]
    public void A_device_is_mapped_by_its_bus_address_past_the_cache()
    {
        var mmio = new RecordingMmio();
        PhysicalAddress device = default;
        using var rig = new Rig(Device(() => device));
        device = rig.AddMmio(mmio, pages: 2);

        rig.MapDevice(0, 1, offset: 1);
        rig.Process.Store(Rig.At(0) + 4, (short)0x1234);

        Assert.Equal(["write 1004 2 1234"], mmio.Accesses);
        Assert.True(rig.Entry(0).IsCacheDisabled);
    }

    [Fact]
    public void Even_ordinary_memory_is_mapped_by_its_bus_address_and_not_counted()
    {
        PhysicalAddress memory = default;
        using var rig = new Rig(Device(() => memory));
        KernelAddress page = rig.Kernel.GetFreePage();
        memory = new PhysicalAddress(page.Value - rig.Machine.Profile.PageOffset);

        rig.MapDevice(0, 1);
        rig.Process.Store(Rig.At(0), 42);

        Assert.Equal(42, rig.Kernel.Read<int>(page));
        Assert.Equal(1, rig.Kernel.MemMap[rig.Kernel.MapNr(page)].Count);
    }

    [Fact]
    public void Both_work_on_the_current_process_only()
    {
        using var rig = new Rig();

        Assert.Throws<InvalidOperationException>(() => rig.Kernel.ZeromapPageRange(Rig.At(0), Rig.Page, default));
        Assert.Throws<InvalidOperationException>(() => rig.Kernel.IoRemapPageRange(Rig.At(0), default, Rig.Page, default, 0));
    }

    [Fact]
    public void Beyond_the_users_addresses_is_an_oops()
    {
        using var rig = new Rig(Filling((driver, _) => driver.Kernel.ZeromapPageRange(new UserAddress(driver.Kernel.Profile.TaskSize), Rig.Page, default)));

        Assert.Throws<Runtime.Kernel.SignalException>(() => rig.MapDevice(0, 1));

        Assert.Contains("zeromap_page_range", Assert.Single(rig.Kernel.Oopses).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_kernel_reaches_a_device_through_vremap()
    {
        var mmio = new RecordingMmio();
        using var rig = new Rig();
        PhysicalAddress device = rig.AddMmio(mmio, pages: 2);

        KernelAddress at = rig.Kernel.Vremap(device + Rig.Page, 100);
        rig.Kernel.Write(at + 8, 0x12345678);

        Assert.Equal(RecordingMmio.Answer, rig.Kernel.Read<byte>(at + 1));
        Assert.Equal(["write 1008 4 12345678", "read 1001 1"], mmio.Accesses);
        Assert.True(at >= rig.Kernel.HighMemory);
    }

    [Fact]
    public void Behind_a_vremap_area_lies_nothing_and_vfree_takes_it_away()
    {
        using var rig = new Rig();
        KernelAddress at = rig.Kernel.Vremap(rig.AddMmio(new RecordingMmio(), pages: 2), Rig.Page);
        Assert.Throws<KernelOopsException>(() => rig.Kernel.Read<byte>(at + Rig.Page));

        rig.Kernel.Vfree(at);

        Assert.Throws<KernelOopsException>(() => rig.Kernel.Read<byte>(at));
        Assert.DoesNotContain(rig.Kernel.Log, line => line.Contains("vfree", StringComparison.Ordinal));
    }

    [Fact]
    public void A_device_behind_vremap_has_no_bytes_to_point_at()
    {
        using var rig = new Rig();
        KernelAddress at = rig.Kernel.Vremap(rig.AddMmio(new RecordingMmio(), pages: 1), Rig.Page);

        Assert.Throws<ArgumentException>(() => rig.Kernel.Access(at, 4));
    }

    [Theory]
    [InlineData(0x0010_0000, 4096)]     // memory
    [InlineData(0xE000_0001, 4096)]     // inside a page
    [InlineData(0xE000_0000, 0)]
    [InlineData(0xFFFF_F000, 8192)]     // beyond the bus
    [InlineData(0xE000_0000, ulong.MaxValue)]
    public void Vremap_refuses_what_is_no_device(ulong physical, ulong size)
    {
        using var rig = new Rig();

        Assert.True(rig.Kernel.Vremap(new PhysicalAddress(physical), size).IsNull);
    }
}
