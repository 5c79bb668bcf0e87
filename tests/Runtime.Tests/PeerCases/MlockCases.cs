using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Locking ranges: who may, what is read on the way, and what counts.</summary>
internal static class MlockCases
{
    [PeerCase("ltp:mlock01.10M")]
    public static void Ten_megabytes_of_heap_can_be_locked()
    {
        const ulong Size = 10 << 20;
        using var machine = new Machine(MachineProfile.I386, memorySize: 32 << 20);
        Process process = machine.Kernel.Spawn();
        UserAddress heap = process.Brk(default);
        Assert.Equal(heap + Size, process.Brk(heap + Size));

        Peer.Returns(Errno.None, process.SysMlock(heap, Size));

        Assert.Equal((long)(Size / Peer.Page), process.AddressSpace.LockedPages);
        Assert.Equal((long)(Size / Peer.Page), process.AddressSpace.ResidentPages);
    }

    [PeerCase("ltp:mlock02.1")]
    public static void What_is_not_mapped_cannot_be_locked()
    {
        using var rig = new Rig();

        Peer.Returns(Errno.ENOMEM, rig.Process.SysMlock(Rig.At(0), Peer.Page));
    }

    [PeerCase("ltp:munlock02")]
    public static void What_is_not_mapped_cannot_be_unlocked()
    {
        using var rig = new Rig();

        Peer.Returns(Errno.ENOMEM, rig.Process.SysMunlock(Rig.At(0), Peer.Page));
    }

    [PeerCase("ltp:mlock02.3")]
    [PeerCase("gv:mlock.RlimitMemlockZero")]
    public static void Only_the_superuser_may_and_the_limit_is_looked_at_first()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1);
        rig.Process.UserId = 500;
        rig.Process.Limits[Resource.LockedMemory] = 0;
        Peer.Returns(Errno.ENOMEM, rig.Process.SysMlock(Rig.At(0), Peer.Page));

        rig.Process.Limits[Resource.LockedMemory] = Peer.Page;
        Peer.Returns(Errno.EPERM, rig.Process.SysMlock(Rig.At(0), Peer.Page));

        Assert.Equal(0, rig.Process.AddressSpace.LockedPages);
    }

    [PeerCase("ltp:mlock04")]
    public static void A_file_that_may_only_be_written_is_locked_without_being_read()
    {
        using var rig = new FileRig(2 * FileRig.Page);
        UserAddress at = rig.Map(2, MapFlags.Shared, Protection.Write);

        Peer.Returns(Errno.None, rig.Process.SysMlock(at, 2 * Peer.Page));

        Assert.Equal((2, 0), (rig.Process.AddressSpace.LockedPages, rig.Process.AddressSpace.ResidentPages));
    }

    [PeerCase("ltp:mlock05")]
    public static void Every_page_is_read_and_resident()
    {
        using var rig = new Rig(new PageDriver(pages: 3));
        rig.MapDevice(0, 3, sharing: MapFlags.Private);
        rig.Forget();

        rig.Lock(0, 3);

        Assert.Equal("nopage 0-1; nopage 1-2; nopage 2-3", rig.Story());
        Assert.Equal(3, rig.Process.AddressSpace.ResidentPages);
        Assert.Equal(3, rig.Process.AddressSpace.LockedPages);
    }

    [PeerCase("gv:mlock.ProtNone")]
    public static void A_page_without_rights_is_locked_and_not_touched()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1, Protection.None);

        Peer.Returns(Errno.None, rig.Process.SysMlock(Rig.At(0), Peer.Page));

        Assert.True(Peer.FlagsAt(rig.Process, Rig.At(0)).HasFlag(VmFlags.Locked));
        Assert.True(rig.Entry(0).IsNone);
    }

    [PeerCase("gv:mlock.Fork")]
    public static void The_copy_of_a_child_is_not_locked_nor_is_what_it_maps_later()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 2);
        rig.Lock(0, 2);
        rig.Process.Mlockall(MlockallFlags.Current | MlockallFlags.Future);

        Process child = rig.Process.Fork();
        rig.MapMemory(4, 1, by: child);

        Assert.DoesNotContain(child.AddressSpace.Areas, area => area.Flags.HasFlag(VmFlags.Locked));
        Assert.True(Peer.FlagsAt(rig.Process, Rig.At(0)).HasFlag(VmFlags.Locked));
    }

    [PeerCase("gv:mlock.RlimitMemlockInsufficient")]
    public static void More_than_the_limit_is_refused()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 2);
        rig.Process.Limits[Resource.LockedMemory] = Peer.Page;

        Peer.Returns(Errno.ENOMEM, rig.Process.SysMlock(Rig.At(0), 2 * Peer.Page));

        Assert.Equal(0, rig.Process.AddressSpace.LockedPages);
    }

    [PeerCase("gv:munlock.NotLocked")]
    public static void Unlocking_what_is_not_locked_is_nothing_to_do()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 3);
        rig.Forget();

        Peer.Returns(Errno.None, rig.Process.SysMunlock(Rig.At(1), Peer.Page));

        Assert.Equal(("0-3 rw-s", ""), (rig.Layout(), rig.Story()));
    }

    [PeerCase("gv:mremaplocked.Basic")]
    public static void What_moves_stays_locked_and_is_not_counted_again()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1);
        rig.MapMemory(1, 1, Protection.Read);
        rig.Lock(0, 1);

        UserAddress moved = rig.Remap(0, 1, 2, MremapFlags.MayMove);

        Assert.Equal(Rig.At(2), moved);
        Assert.True(Peer.FlagsAt(rig.Process, moved).HasFlag(VmFlags.Locked));
        Assert.Equal(0, rig.Process.AddressSpace.LockedPages);      // unmapping the old place gave its page back
    }

    [PeerCase("gv:mremaplocked.RlimitInsufficient")]
    public static void What_is_locked_does_not_grow_above_the_limit()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1);
        rig.Lock(0, 1);
        rig.Process.Limits[Resource.LockedMemory] = Peer.Page;

        Peer.Returns(Errno.EAGAIN, rig.Process.SysMremap(Rig.At(0), Peer.Page, 2 * Peer.Page, MremapFlags.MayMove));

        Assert.Equal("0-1 rw-p", rig.Layout());
    }
}
