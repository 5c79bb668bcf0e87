using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Pages that <c>remap_page_range</c> maps: what is taken, what is counted, and what a private write does to them.</summary>
internal static class RemapCases
{
    [PeerCase("k20:remap.ram")]
    public static void Ordinary_memory_is_left_out_and_the_call_succeeds()
    {
        using var rig = new Rig(new RemapDriver());
        KernelAddress page = rig.Kernel.GetFreePage();
        rig.Kernel.Write(page, 42);

        Map(rig, page.Value, MapFlags.Shared);

        Assert.True(rig.Entry(0).IsNone);
        Assert.Equal(0, rig.Process.Load<int>(Rig.At(0)));
        Assert.NotEqual(page, rig.Kernel.PtePage(rig.Entry(0)));
    }

    [PeerCase("k20:remap.unaligned")]
    public static void The_low_bits_of_the_address_end_up_among_the_flags()
    {
        const ulong CacheDisabled = 0x10;                           // _PAGE_PCD
        using var rig = new Rig(new RemapDriver());
        PhysicalAddress device = rig.AddMmio(new RecordingMmio(), pages: 2);
        rig.MapDeviceAt(device, 0, 1);
        rig.MapDeviceAt(device + CacheDisabled, 1, 1);

        Assert.Equal(rig.Entry(0).Value | CacheDisabled, rig.Entry(1).Value);
        Assert.Equal((false, true), (rig.Entry(0).IsCacheDisabled, rig.Entry(1).IsCacheDisabled));
        Assert.Equal(RecordingMmio.Answer, rig.Process.Load<byte>(Rig.At(1)));
    }

    [PeerCase("k20:remap.over")]
    public static void What_was_mapped_there_is_freed_with_a_message()
    {
        using var rig = new Rig(new TestDriver
        {
            OnMmap = (driver, inode, area) =>
            {
                Assert.Equal(Errno.None, driver.Kernel.RemapPageRange(Rig.At(0), area.Offset, Peer.Page, area.PageProtection));
                return driver.CountedMmap(inode, area);
            },
        });
        PhysicalAddress device = rig.AddMmio(new RecordingMmio(), pages: 1);
        rig.Process.Store(rig.MapMemory(0, 1), 42);
        KernelAddress old = rig.Kernel.PtePage(rig.Entry(0));
        Assert.Equal(1, Peer.PageOf(rig.Kernel, old).Count);
        int lines = rig.Kernel.Log.Count;

        rig.MapDeviceAt(device, 2, 1);

        Assert.Equal(0, Peer.PageOf(rig.Kernel, old).Count);
        Assert.Equal(["forget_pte: old mapping existed!"], rig.Kernel.Log.Skip(lines));
        Assert.Equal(RecordingMmio.Answer, rig.Process.Load<byte>(Rig.At(0)));
    }

    [PeerCase("k20:zap.reserved")]
    public static void Unmapping_reserved_pages_and_devices_moves_no_count()
    {
        using var rig = new Rig(new RemapDriver());
        KernelAddress page = Reserved(rig, 42);
        Map(rig, page.Value, MapFlags.Shared);
        rig.MapDeviceAt(rig.AddMmio(new RecordingMmio(), pages: 1), 1, 1);
        rig.MapMemory(2, 1);
        rig.Process.Store(Rig.At(2), 1);
        Assert.Equal((42, RecordingMmio.Answer), (rig.Process.Load<int>(Rig.At(0)), rig.Process.Load<byte>(Rig.At(1))));
        (int count, long resident) = (Peer.PageOf(rig.Kernel, page).Count, rig.Process.AddressSpace.ResidentPages);

        rig.Unmap(0, 2);

        Assert.Equal((1, 1), (count, resident));
        Assert.Equal((count, resident), (Peer.PageOf(rig.Kernel, page).Count, rig.Process.AddressSpace.ResidentPages));
        Assert.Equal(42, rig.Kernel.Read<int>(page));
    }

    [PeerCase("k20:wp.io")]
    public static void A_private_write_to_a_device_kills()
    {
        using var rig = new Rig(new RemapDriver());
        rig.MapDeviceAt(rig.AddMmio(new RecordingMmio(), pages: 1), 0, 1, MapFlags.Private);
        Assert.Equal(RecordingMmio.Answer, rig.Process.Load<byte>(Rig.At(0)));

        SignalException killed = Assert.Throws<SignalException>(() => rig.Process.Store(Rig.At(0), 42));

        Assert.Equal(Signal.SIGKILL, killed.Signal);
        Assert.False(rig.Process.IsAlive);
        Assert.Contains("bogus page", rig.Kernel.Log[^1]);
    }

    [PeerCase("k20:wp.reserved1")]
    public static void A_private_write_reaches_a_reserved_page_of_count_one()
    {
        using var rig = new Rig(new RemapDriver());
        KernelAddress page = Reserved(rig, 7);
        Map(rig, page.Value, MapFlags.Private);
        Assert.Equal(7, rig.Process.Load<int>(Rig.At(0)));

        rig.Process.Store(Rig.At(0), 42);

        Assert.Equal(42, rig.Kernel.Read<int>(page));
        Assert.Equal(page, rig.Kernel.PtePage(rig.Entry(0)));
    }

    [PeerCase("k20:wp.reserved0")]
    public static void A_private_write_copies_a_page_that_was_reserved_when_the_machine_booted()
    {
        const ulong Address = 0x2000;
        using var rig = new Rig(new RemapDriver());
        var page = new KernelAddress(Address);
        Assert.Equal((true, 0), (Peer.PageOf(rig.Kernel, page).IsReserved, Peer.PageOf(rig.Kernel, page).Count));
        Map(rig, Address, MapFlags.Private);
        int before = rig.Process.Load<int>(Rig.At(0));
        long resident = rig.Process.AddressSpace.ResidentPages;

        rig.Process.Store(Rig.At(0), before + 1);

        Assert.Equal(resident + 1, rig.Process.AddressSpace.ResidentPages);
        Assert.Equal(before + 1, rig.Process.Load<int>(Rig.At(0)));
        Assert.NotEqual(page, rig.Kernel.PtePage(rig.Entry(0)));
        Assert.Equal(before, rig.Machine.PhysicalMemory.Read<int>(new PhysicalAddress(Address)));
    }

    private static void Map(Rig rig, ulong address, MapFlags sharing) => rig.MapDeviceAt(new PhysicalAddress(address), 0, 1, sharing);

    private static KernelAddress Reserved(Rig rig, int content)
    {
        KernelAddress page = rig.Kernel.GetFreePage();
        rig.Kernel.ReservePage(page);
        rig.Kernel.Write(page, content);
        return page;
    }
}
