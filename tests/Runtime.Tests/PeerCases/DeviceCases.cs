using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>What the core leaves to the driver: writing back, and offsets inside a page.</summary>
internal static class DeviceCases
{
    [PeerCase("k20:msync.noinode")]
    public static void A_sync_method_without_an_inode_is_never_called()
    {
        using var rig = new Rig(new TestDriver
        {
            OnSync = _ => Errno.EIO,
            OnMmap = (driver, _, area) =>
            {
                area.Operations = driver.Operations;
                driver.IncrementUseCount();
                return Errno.None;
            },
        });
        rig.MapDevice(0, 3);
        rig.Forget();

        Peer.Returns(Errno.None, rig.Process.SysMsync(Rig.At(0), 3 * Peer.Page, MsyncFlags.Sync));

        Assert.Empty(rig.Story());
    }

    [PeerCase("k20:msync.sync")]
    public static void The_method_gets_the_part_and_the_flags_then_the_file_waits_and_the_first_error_is_returned()
    {
        Assert.Equal((Errno.None, "sync 1-3", 4u, 1), Msync(MsyncFlags.Sync, Errno.None, Errno.None));
        Assert.Equal((Errno.EIO, "sync 1-3", 4u, 1), Msync(MsyncFlags.Sync, Errno.None, Errno.EIO));
        Assert.Equal((Errno.ENXIO, "sync 1-3", 4u, 0), Msync(MsyncFlags.Sync, Errno.ENXIO, Errno.EIO));
        Assert.Equal((Errno.None, "sync 1-3", 1u, 0), Msync(MsyncFlags.Async, Errno.None, Errno.EIO));
    }

    [PeerCase("k20:offset.unaligned")]
    public static void The_core_takes_any_offset_and_drivers_that_mind_say_so()
    {
        using var rig = new Rig();
        UserAddress at = rig.Process.Mmap(Peer.Page, Protection.Read, MapFlags.Shared, rig.Fd, offset: 100);
        Assert.Equal(100UL, rig.Process.AddressSpace.FindArea(at)!.Offset);

        int memory = rig.Process.Open("/dev/mem", OpenFlags.ReadOnly);
        Peer.Returns(Errno.ENXIO, rig.Process.SysMmap(default, Peer.Page, Protection.Read, MapFlags.Shared, memory, 100));

        Assert.Equal(Errno.None, rig.Kernel.CreateFile(FileRig.Path, FileRig.Pattern(FileRig.Page)));
        int file = rig.Process.Open(FileRig.Path, OpenFlags.ReadOnly);
        Peer.Returns(Errno.EINVAL, rig.Process.SysMmap(default, Peer.Page, Protection.Read, MapFlags.Shared, file, 100));
    }

    private static (Errno Error, string Story, uint Flags, int Fsyncs) Msync(MsyncFlags flags, Errno ofSync, Errno ofFsync)
    {
        uint seen = 0;
        int fsyncs = 0;
        using var rig = new Rig(new TestDriver
        {
            OnSync = given =>
            {
                seen = given;
                return ofSync;
            },
        });
        rig.MapDevice(0, 3);
        rig.Driver.Inode.Fsync = () =>
        {
            fsyncs++;
            return ofFsync;
        };
        rig.Forget();
        var error = (Errno)(-rig.Process.SysMsync(Rig.At(1), 2 * Peer.Page, flags));
        return (error, rig.Story(), seen, fsyncs);
    }
}
