using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>What <c>msync</c> refuses, writes back and drops.</summary>
internal static class MsyncCases
{
    private static readonly MsyncFlags[] Each = [MsyncFlags.Sync, MsyncFlags.Async, MsyncFlags.None];

    [PeerCase("ltp:msync02")]
    public static void Invalidating_shows_the_file_and_drops_what_was_stored_without_writing_it()
    {
        using var rig = new FileRig(FileRig.Page);
        UserAddress at = rig.Map(1);
        rig.Process.Load<byte>(at);
        Peer.Returns(Errno.None, rig.Process.SysMsync(at, Peer.Page, MsyncFlags.Invalidate));
        Assert.Equal(FileRig.Pattern(FileRig.Page), rig.Bytes(at, FileRig.Page));

        rig.Process.Store<byte>(at, 99);
        Peer.Returns(Errno.None, rig.Process.SysMsync(at, Peer.Page, MsyncFlags.Invalidate));

        Assert.True(rig.Entry(at).IsNone);
        rig.Sync(at, 1);
        Assert.Equal(FileRig.Pattern(FileRig.Page), rig.Disk);
    }

    [PeerCase("ltp:msync03.0")]
    public static void A_locked_area_can_be_invalidated()
    {
        using var rig = new FileRig(FileRig.Page);
        UserAddress at = rig.Map(1);
        rig.Process.Mlock(at, Peer.Page);

        Peer.Returns(Errno.None, rig.Process.SysMsync(at, Peer.Page, MsyncFlags.Invalidate));
    }

    [PeerCase("ltp:msync03.1")]
    [PeerCase("gv:msync.BothSyncAndAsync")]
    public static void Waiting_and_not_waiting_at_once_is_accepted()
    {
        using var rig = new FileRig(FileRig.Page);
        UserAddress file = rig.Map(1);
        rig.Process.Store<byte>(file, 99);

        Peer.Returns(Errno.None, rig.Process.SysMsync(file, Peer.Page, MsyncFlags.Async | MsyncFlags.Sync));
        Peer.Returns(Errno.None, rig.Process.SysMsync(rig.Buffer, Peer.Page, MsyncFlags.Async | MsyncFlags.Sync));

        Assert.Equal(99, rig.Disk[0]);
    }

    [PeerCase("ltp:msync03.2")]
    public static void Unknown_flags_are_refused()
    {
        using var rig = new FileRig(FileRig.Page);

        Peer.Returns(Errno.EINVAL, rig.Process.SysMsync(rig.Map(1), Peer.Page, (MsyncFlags)(-1)));
    }

    [PeerCase("ltp:msync03.4", 0xFFFF_FFFFUL)]
    [PeerCase("gv:msync.UnalignedAddress", 0x4000_0001UL)]
    public static void An_address_inside_a_page_is_refused(ulong address)
    {
        using var rig = new FileRig(0);
        Assert.Equal(0x4000_0000UL, rig.Buffer.Value);

        Peer.Returns(Errno.EINVAL, rig.Process.SysMsync(new UserAddress(address), Peer.Page, MsyncFlags.Sync));
    }

    [PeerCase("ltp:msync04")]
    public static void Waiting_cleans_the_page_and_puts_the_data_into_the_file_and_a_device_without_sync_has_nothing_to_do()
    {
        using var rig = new FileRig(FileRig.Page);
        UserAddress at = rig.Map(1);
        rig.Process.Store<byte>(at, 99);
        Assert.True(rig.Entry(at).IsDirty);
        Assert.Equal(1, rig.Disk[0]);

        Peer.Returns(Errno.None, rig.Process.SysMsync(at, Peer.Page, MsyncFlags.Sync));

        Assert.False(rig.Entry(at).IsDirty);
        Assert.Equal(99, rig.Disk[0]);

        using var device = new Rig(new PageDriver(pages: 1));
        device.Process.Store(device.MapDevice(0, 1), 42);
        device.Forget();
        Peer.Returns(Errno.None, device.Process.SysMsync(Rig.At(0), Peer.Page, MsyncFlags.Sync));
        Assert.Empty(device.Story());
        Assert.True(device.Entry(0).IsDirty);
    }

    [PeerCase("gv:msync.UnmappedZeroLen", 0UL, Errno.None)]
    [PeerCase("gv:msync.UnmappedNonzero", Peer.Page, Errno.EFAULT)]
    public static void Where_nothing_is_mapped_only_length_zero_succeeds(ulong length, Errno expected)
    {
        using var rig = new FileRig(0);

        Assert.All(Each, flags => Peer.Returns(expected, rig.Process.SysMsync(default, length, flags)));
    }

    [PeerCase("gv:msync.NormallySucceeds")]
    public static void Whatever_is_mapped_can_be_synchronised()
    {
        using var rig = new FileRig(FileRig.Page);
        Protection[] protections = [Protection.Read, Protection.ReadWrite];
        List<UserAddress> mappings = [.. protections.Select(protection => Peer.Memory(rig.Process, 1, protection))];
        foreach (Protection protection in protections)
        {
            mappings.Add(rig.Map(1, MapFlags.Shared, protection));
            mappings.Add(rig.Map(1, MapFlags.Private, protection));
        }

        foreach (UserAddress at in mappings)
        {
            rig.Process.Load<byte>(at);
            Assert.All([.. Each, MsyncFlags.Invalidate], flags => Peer.Returns(Errno.None, rig.Process.SysMsync(at, Peer.Page, flags)));
        }
    }
}
