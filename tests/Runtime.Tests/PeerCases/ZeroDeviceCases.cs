using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Mappings of <c>/dev/zero</c>: private ones only.</summary>
internal static class ZeroDeviceCases
{
    [PeerCase("ltp:mmap10")]
    public static void Zeros_are_mapped_touched_shared_with_a_child_and_unmapped_again_and_again()
    {
        using var rig = new FileRig(0);
        int fd = Open(rig);
        Peer.Returns(Errno.EINVAL, rig.Process.SysMmap(default, 3 * Peer.Page, Protection.ReadWrite, MapFlags.Shared, fd, 0));
        for (int round = 1; round <= 3; round++)
        {
            UserAddress device = Map(rig, fd, 3 * Peer.Page);
            Assert.True(rig.Entry(device + (2 * Peer.Page)).IsPresent);
            Assert.False(rig.Entry(device + (2 * Peer.Page)).IsWritable);
            TouchInParentAndChild(rig, device, round);
            TouchInParentAndChild(rig, Peer.Memory(rig.Process, 3), round);
        }
    }

    [PeerCase("gv:MapDevZeroShared")]
    public static void A_shared_mapping_is_refused_by_the_driver()
    {
        using var rig = new FileRig(0);

        Peer.Returns(Errno.EINVAL, rig.Process.SysMmap(default, Peer.Page, Protection.ReadWrite, MapFlags.Shared, Open(rig), 0));
    }

    [PeerCase("gv:MapDevZeroPrivate")]
    public static void A_private_mapping_reads_as_zeros_and_keeps_what_is_written()
    {
        using var rig = new FileRig(0);
        UserAddress at = Map(rig, Open(rig), Peer.Page);
        Assert.Equal(new byte[FileRig.Page], rig.Bytes(at, FileRig.Page));

        rig.Process.Store(at, 42);

        Assert.Equal(42, rig.Process.Load<int>(at));
    }

    [PeerCase("gv:MapDevZeroNoPersistence", false)]
    [PeerCase("gv:MapDevZeroSharedFdNoPersistence", true)]
    public static void What_one_mapping_gets_the_other_does_not_see(bool isSameFile)
    {
        using var rig = new FileRig(0);
        int fd = Open(rig);
        UserAddress first = Map(rig, fd, Peer.Page);
        UserAddress second = Map(rig, isSameFile ? fd : Open(rig), Peer.Page);

        rig.Process.CopyTo(first, [.. Enumerable.Repeat((byte)0xFF, FileRig.Page)]);

        Assert.Equal(new byte[FileRig.Page], rig.Bytes(second, FileRig.Page));
        Assert.Equal(-1, rig.Process.Load<int>(first));
    }

    [PeerCase("gv:MapDevZeroSegfaultAfterUnmap")]
    public static void What_is_unmapped_cannot_be_stored_to()
    {
        using var rig = new FileRig(0);
        UserAddress at = Map(rig, Open(rig), Peer.Page);
        rig.Process.Store(at, 42);

        rig.Process.Munmap(at, Peer.Page);

        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Store(at, 42));
    }

    [PeerCase("gv:MapDevZeroUnaligned")]
    public static void One_and_a_half_pages_are_two_pages_of_zeros()
    {
        using var rig = new FileRig(0);

        UserAddress at = Map(rig, Open(rig), Peer.Page + (Peer.Page / 2));

        Assert.Equal(new byte[2 * FileRig.Page], rig.Bytes(at, 2 * FileRig.Page));
    }

    private static int Open(FileRig rig) => rig.Process.Open("/dev/zero", OpenFlags.ReadWrite);

    private static UserAddress Map(FileRig rig, int fd, ulong length) => rig.Process.Mmap(length, Protection.ReadWrite, MapFlags.Private, fd);

    private static void TouchInParentAndChild(FileRig rig, UserAddress at, int value)
    {
        Assert.Equal(0, rig.Process.Load<int>(at));
        rig.Process.Store(at, value);
        Process child = rig.Process.Fork();
        Assert.Equal(value, child.Load<int>(at));
        child.Store(at, -value);
        child.Exit();
        Assert.Equal(value, rig.Process.Load<int>(at));
        rig.Process.Munmap(at, 3 * Peer.Page);
        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Load<int>(at));
    }
}
