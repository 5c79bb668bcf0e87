using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>What lies behind the end of a file, and what happens when the end moves.</summary>
internal static class FileEndCases
{
    private const int Page = FileRig.Page;

    [PeerCase("ltp:mmap13")]
    public static void Behind_the_end_a_mapping_that_is_shared_inside_has_nothing_and_a_private_one_zeros()
    {
        using var rig = new FileRig(Page);
        UserAddress shared = rig.Map(2);
        UserAddress demoted = rig.Map(2, MapFlags.Shared, Protection.Read, OpenFlags.ReadOnly);
        UserAddress own = rig.Map(2, MapFlags.Private);

        Peer.Earns(Signal.SIGBUS, () => rig.Process.Load<byte>(shared + Peer.Page));

        Assert.Equal(0, rig.Process.Load<byte>(demoted + Peer.Page));
        Assert.Equal(0, rig.Process.Load<byte>(own + Peer.Page));
        Assert.Equal(1, rig.Process.Load<byte>(shared));
    }

    [PeerCase("gv:MapOffsetBeyondEnd")]
    public static void A_private_mapping_that_starts_behind_the_end_is_memory()
    {
        using var rig = new FileRig(100);

        UserAddress at = rig.Map(1, MapFlags.Private, offset: 10 * Page);

        Assert.Equal(0, rig.Process.Load<int>(at));
        rig.Process.Store(at, 42);
        Assert.Equal(42, rig.Process.Load<int>(at));
        Assert.Equal(100, rig.Disk.Length);
    }

    [PeerCase("gv:SigBusDeath/READ/SHARED", Protection.Read, MapFlags.Shared)]
    [PeerCase("gv:SigBusDeath/READ|WRITE/PRIVATE", Protection.ReadWrite, MapFlags.Private)]
    public static void The_second_page_of_half_a_page_is_there_only_for_a_private_mapping(Protection protection, MapFlags sharing)
    {
        using var rig = new FileRig(Page / 2);
        UserAddress at = rig.Map(2, sharing, protection);

        if (sharing == MapFlags.Shared)
            Peer.Earns(Signal.SIGBUS, () => rig.Process.Load<byte>(at + Peer.Page));
        else
            Assert.Equal(new byte[Page], rig.Bytes(at + Peer.Page, Page));
        Assert.Equal(FileRig.Pattern(Page / 2), rig.Bytes(at, Page / 2));
    }

    [PeerCase("gv:ReadSharedTruncateSIGBUS")]
    public static void Truncating_takes_the_page_from_a_mapping_of_a_writable_file_and_gives_zeros_to_others()
    {
        using var rig = new FileRig(Page);
        UserAddress shared = rig.Map(1, MapFlags.Shared, Protection.Read);
        UserAddress demoted = rig.Map(1, MapFlags.Shared, Protection.Read, OpenFlags.ReadOnly);
        Assert.Equal(1, rig.Process.Load<byte>(shared));
        Assert.Equal(1, rig.Process.Load<byte>(demoted));

        rig.Process.Truncate(FileRig.Path, 0);

        Peer.Earns(Signal.SIGBUS, () => rig.Process.Load<byte>(shared));
        Assert.Equal(0, rig.Process.Load<byte>(demoted));
    }

    [PeerCase("gv:WriteSharedTruncateSIGBUS")]
    public static void A_store_to_what_was_truncated_away_earns_SIGBUS()
    {
        using var rig = new FileRig(Page);
        UserAddress at = rig.Map(1);
        rig.Process.Store<byte>(at, 9);

        rig.Process.Ftruncate(rig.Open(), 0);

        Peer.Earns(Signal.SIGBUS, () => rig.Process.Store<byte>(at, 9));
    }

    [PeerCase("gv:ReadSharedTruncatePartialPage")]
    public static void Truncating_to_half_a_page_clears_the_other_half()
    {
        using var rig = new FileRig(Page);
        UserAddress at = rig.Map(1, MapFlags.Shared, Protection.Read);
        Assert.Equal(FileRig.Pattern(Page), rig.Bytes(at, Page));

        rig.Process.Truncate(FileRig.Path, Peer.Page / 2);

        Assert.Equal([.. FileRig.Pattern(Page / 2), .. new byte[Page / 2]], rig.Bytes(at, Page));
    }

    [PeerCase("gv:InternalSigBus")]
    public static void The_kernel_reads_zeros_behind_the_end_of_a_private_mapping_and_fails_with_the_shared_one()
    {
        using var rig = new FileRig(Page);
        Assert.Equal(Errno.None, rig.Kernel.CreateFile("/other", []));
        int other = rig.Process.Open("/other", OpenFlags.WriteOnly);
        UserAddress own = rig.Map(2, MapFlags.Private);
        UserAddress shared = rig.Map(2);

        Assert.Equal(Page, rig.Process.Write(other, own + Peer.Page, Peer.Page));
        Assert.Equal(new byte[Page], rig.Kernel.ReadDisk("/other"));

        Peer.Earns(Signal.SIGBUS, () => rig.Process.SysWrite(other, shared + Peer.Page, Peer.Page));
    }
}
