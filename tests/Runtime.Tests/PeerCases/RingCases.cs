using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Buffers that must not be replaced while they are mapped.</summary>
internal static class RingCases
{
    [PeerCase("gv:packet.SetRingAfterMmapFails")]
    public static void A_ring_is_busy_until_the_last_process_has_unmapped_it()
    {
        using var machine = new Machine(MachineProfile.I386);
        var driver = new RingDriver();
        Assert.Equal(Errno.None, machine.Kernel.Insert(driver));
        Process process = machine.Kernel.Spawn();
        int fd = process.Open(RingDriver.Path, OpenFlags.ReadWrite);
        Assert.Equal(0, process.Ioctl(fd, RingDriver.SetRing, 2));
        UserAddress at = process.Mmap(2 * Peer.Page, Protection.ReadWrite, MapFlags.Shared, fd);
        process.Store(at + Peer.Page, 42);

        Peer.Returns(Errno.EBUSY, process.SysIoctl(fd, RingDriver.SetRing, 4));
        Process child = process.Fork();
        process.Munmap(at, 2 * Peer.Page);
        Peer.Returns(Errno.EBUSY, process.SysIoctl(fd, RingDriver.SetRing, 4));
        Assert.Equal(42, child.Load<int>(at + Peer.Page));
        child.Exit();

        Assert.Equal(0, process.SysIoctl(fd, RingDriver.SetRing, 4));
        Assert.Empty(machine.Shutdown());
    }
}
