using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Arguments that <c>mmap</c> refuses, and some that 2.0 still took.</summary>
internal static class MmapErrorCases
{
    private static readonly UserAddress Hint = new(0x3000_0000);

    [PeerCase("ltp:mmap06.1", OpenFlags.WriteOnly, Protection.Write, MapFlags.Shared, Errno.EACCES)]
    [PeerCase("ltp:mmap06.3", OpenFlags.WriteOnly, Protection.Read, MapFlags.Shared, Errno.EACCES)]
    [PeerCase("ltp:mmap06.7", OpenFlags.WriteOnly, Protection.ReadWrite, MapFlags.None, Errno.EINVAL)]
    [PeerCase("ltp:mmap20", OpenFlags.ReadWrite, Protection.ReadWrite, (MapFlags)(3 | (1 << 28)), Errno.EINVAL)]
    [PeerCase("gv:WriteSharedOnReadOnlyFd", OpenFlags.ReadOnly, Protection.ReadWrite, MapFlags.Shared, Errno.EACCES)]
    [PeerCase("gv:WriteOnlyFd/READ/PRIVATE", OpenFlags.WriteOnly, Protection.Read, MapFlags.Private, Errno.EACCES)]
    [PeerCase("gv:WriteOnlyFd/WRITE/PRIVATE", OpenFlags.WriteOnly, Protection.Write, MapFlags.Private, Errno.EACCES)]
    [PeerCase("gv:WriteOnlyFd/READ|WRITE/SHARED", OpenFlags.WriteOnly, Protection.ReadWrite, MapFlags.Shared, Errno.EACCES)]
    public static void A_page_of_a_file_is_refused(OpenFlags open, Protection protection, MapFlags flags, Errno expected)
    {
        using var rig = new FileRig(FileRig.Page);
        int fd = rig.Open(open);
        string before = rig.Process.Maps;

        Peer.Returns(expected, rig.Process.SysMmap(default, Peer.Page, protection, flags, fd, 0));

        Assert.Equal(before, rig.Process.Maps);
        Assert.Equal(1, rig.Inode.Count);
    }

    [PeerCase("ltp:mmap06.6")]
    public static void Length_zero_is_tested_before_the_file()
    {
        using var rig = new FileRig(FileRig.Page);
        string before = rig.Process.Maps;

        Assert.Equal(0, rig.Process.SysMmap(default, 0, Protection.ReadWrite, MapFlags.Shared, rig.Open(OpenFlags.WriteOnly), 0));

        Assert.Equal(before, rig.Process.Maps);
    }

    [PeerCase("gv:InvalidLength", 0UL)]
    [PeerCase("gv:HugeLength", 0xFFFF_F001UL)]
    public static void A_length_that_rounds_to_zero_gives_the_address_back_and_maps_nothing(ulong length)
    {
        using var rig = new FileRig(0);
        string before = rig.Process.Maps;

        Assert.Equal(0, rig.Process.SysMmap(default, length, Protection.Read, Peer.PrivateMemory, -1, 0));
        Assert.Equal((long)Hint.Value, rig.Process.SysMmap(Hint, length, Protection.Read, Peer.PrivateMemory, -1, 0));

        Assert.Equal(before, rig.Process.Maps);
    }

    [PeerCase("ltp:mmap08")]
    public static void A_descriptor_that_was_closed_is_none()
    {
        using var rig = new FileRig(FileRig.Page);
        int fd = rig.Open();
        rig.Process.Close(fd);

        Peer.Returns(Errno.EBADF, rig.Process.SysMmap(default, Peer.Page, Protection.Read, MapFlags.Shared, fd, 0));
    }

    [PeerCase("gv:BadFd")]
    public static void A_descriptor_that_never_was_is_none()
    {
        using var rig = new FileRig(0);

        Peer.Returns(Errno.EBADF, rig.Process.SysMmap(default, Peer.Page, Protection.Read, MapFlags.Private, 999, 0));
    }

    [PeerCase("ltp:mmap15")]
    public static void An_address_above_the_users_is_refused_before_the_file_is_looked_at()
    {
        using var rig = new FileRig(FileRig.Page);
        var above = new UserAddress(rig.Machine.Profile.TaskSize);

        Peer.Returns(Errno.EINVAL, rig.Process.SysMmap(above, Peer.Page, Protection.Read, MapFlags.Private | MapFlags.Fixed, rig.Open(), 0));
        Peer.Returns(Errno.EINVAL, rig.Process.SysMmap(above, Peer.Page, Protection.Write, MapFlags.Shared | MapFlags.Fixed, rig.Open(OpenFlags.ReadOnly), 0));
        Peer.Returns(Errno.EINVAL, rig.Process.SysMmap(above - Peer.Page, 2 * Peer.Page, Protection.Read, MapFlags.Private | MapFlags.Fixed, rig.Open(), 0));
    }

    [PeerCase("gv:PrivateAndShared")]
    public static void Private_and_shared_at_once_is_no_type()
    {
        using var rig = new FileRig(0);

        Peer.Returns(Errno.EINVAL, rig.Process.SysMmap(default, Peer.Page, Protection.Read, MapFlags.Private | Peer.SharedMemory, -1, 0));
    }

    [PeerCase("gv:FixedAlignment")]
    public static void A_fixed_address_starts_a_page()
    {
        using var rig = new FileRig(0);

        Peer.Returns(Errno.EINVAL, rig.Process.SysMmap(Hint + 1, Peer.Page, Protection.None, Peer.PrivateMemory | MapFlags.Fixed, -1, 0));
    }

    [PeerCase("gv:MapPipe.read")]
    public static void A_pipe_cannot_be_mapped()
    {
        using var rig = new FileRig(0);

        Peer.Returns(Errno.ENODEV, rig.Process.SysMmap(default, Peer.Page, Protection.Read, MapFlags.Private, rig.Process.Pipe().Reader, 0));
    }

    [PeerCase("gv:MapCharDevice")]
    public static void A_device_without_mmap_method_cannot_be_mapped()
    {
        using var rig = new Rig(new TestDriver { Device = "random", HasMmap = false }, OpenFlags.ReadOnly);

        Peer.Returns(Errno.ENODEV, rig.Process.SysMmap(default, Peer.Page, Protection.Read, MapFlags.Private, rig.Fd, 0));
        Peer.Returns(Errno.EACCES, rig.Process.SysMmap(default, Peer.Page, Protection.Write, MapFlags.Shared, rig.Fd, 0));
    }

    [PeerCase("gv:MapLastPositivePage", 0x7FFF_F000UL)]
    public static void The_last_offset_that_is_positive_when_signed_is_one_of_many(ulong offset)
    {
        using var rig = new FileRig(FileRig.Page);
        int fd = rig.Open();

        UserAddress at = rig.Process.Mmap(2 * Peer.Page, Protection.Read, MapFlags.Private, fd, offset);

        Assert.Equal(offset, rig.Process.AddressSpace.FindArea(at)!.Offset);
        Peer.Returns(Errno.EINVAL, rig.Process.SysMmap(default, 0x8000_1000, Protection.Read, MapFlags.Private, fd, offset));
    }

    [PeerCase("gv:MapLastNegativePage", 0xFFFF_F000UL)]
    public static void An_offset_whose_end_wraps_is_refused(ulong offset)
    {
        using var rig = new FileRig(FileRig.Page);

        Peer.Returns(Errno.EINVAL, rig.Process.SysMmap(default, Peer.Page, Protection.Read, MapFlags.Private, rig.Open(), offset));
    }
}
