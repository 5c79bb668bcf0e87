using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Attachments of System V segments.</summary>
internal static class ShmCases
{
    private const ShmFlags Mine = ShmFlags.Create | ShmFlags.OwnerRead | ShmFlags.OwnerWrite;

    [PeerCase("gv:shm.PartialUnmap")]
    public static void Detaching_takes_the_pieces_that_munmap_left()
    {
        using var rig = new Rig();
        (int id, UserAddress at) = Attach(rig, pages: 4);
        Peer.Returns(Errno.None, rig.Process.SysMunmap(at + Peer.Page, 2 * Peer.Page));
        Assert.Equal(2, rig.Process.AddressSpace.Areas.Count);

        Peer.Returns(Errno.None, rig.Process.SysShmdt(at));

        Assert.Empty(rig.Process.AddressSpace.Areas);
        Assert.Equal(0, Segment(rig, id)!.AttachCount);
    }

    [PeerCase("gv:shm.AllowsAttachToRemovedSegmentWithRefs")]
    public static void A_segment_that_was_removed_can_be_attached_while_it_is_there()
    {
        using var rig = new Rig();
        (int id, UserAddress at) = Attach(rig, pages: 1);
        rig.Process.Store(at, 42);
        rig.Process.Shmctl(id, ShmCommand.Remove);

        UserAddress again = rig.Process.Shmat(id);

        Assert.NotEqual(at, again);
        Assert.Equal(42, rig.Process.Load<int>(again));
    }

    [PeerCase("gv:shm.NoDestructionWithMultipleRmid")]
    public static void Removing_six_times_is_removing_once()
    {
        using var rig = new Rig();
        (int id, UserAddress at) = Attach(rig, pages: 1);
        rig.Process.Store(at, 42);

        for (int i = 0; i < 6; i++)
            Peer.Returns(Errno.None, rig.Process.SysShmctl(id, ShmCommand.Remove));

        Assert.Equal(42, rig.Process.Load<int>(at));
        Assert.Equal(1, Segment(rig, id)!.AttachCount);
        rig.Process.Shmdt(at);
        Assert.Null(Segment(rig, id));
        Peer.Returns(Errno.EINVAL, rig.Process.SysShmat(id, default, ShmFlags.None));
    }

    [PeerCase("gv:shm.MprotectWriteOnReadonlySegmentFails")]
    public static void What_was_attached_for_reading_never_becomes_writable()
    {
        using var rig = new Rig();
        UserAddress at = rig.Process.Shmat(rig.Process.Shmget(1, Peer.Page, Mine), default, ShmFlags.ReadOnly);

        Peer.Returns(Errno.EACCES, rig.Process.SysMprotect(at, Peer.Page, Protection.ReadWrite));

        Assert.False(Peer.FlagsAt(rig.Process, at).HasFlag(VmFlags.MayWrite));
        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Store(at, 42));
    }

    [PeerCase("gv:shm.MprotectWriteOnWritableSegmentSucceeds")]
    public static void What_was_attached_for_writing_becomes_writable_again()
    {
        using var rig = new Rig();
        (_, UserAddress at) = Attach(rig, pages: 1);
        rig.Process.Mprotect(at, Peer.Page, Protection.Read);
        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Store(at, 42));

        Peer.Returns(Errno.None, rig.Process.SysMprotect(at, Peer.Page, Protection.ReadWrite));

        rig.Process.Store(at, 42);
        Assert.Equal(42, rig.Process.Load<int>(at));
    }

    [PeerCase("ltp:mremap04")]
    public static void The_first_page_of_two_cannot_grow_in_place()
    {
        using var rig = new Rig();
        (_, UserAddress at) = Attach(rig, pages: 2);

        Peer.Returns(Errno.ENOMEM, rig.Process.SysMremap(at, Peer.Page, 2 * Peer.Page, MremapFlags.None));

        Assert.Equal(2 * Peer.Page, rig.Process.AddressSpace.FindArea(at)!.Length);
    }

    private static (int Id, UserAddress At) Attach(Rig rig, int pages)
    {
        int id = rig.Process.Shmget(1, (ulong)pages * Peer.Page, Mine);
        return (id, rig.Process.Shmat(id));
    }

    private static SharedSegment? Segment(Rig rig, int id) => rig.Kernel.SharedSegments.SingleOrDefault(segment => segment.Id == id);
}
