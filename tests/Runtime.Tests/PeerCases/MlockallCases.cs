using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Locking everything, now and in the future, and the break.</summary>
internal static class MlockallCases
{
    [PeerCase("ltp:mlockall01.MCL_CURRENT", MlockallFlags.Current, true, false)]
    [PeerCase("ltp:mlockall01.MCL_FUTURE", MlockallFlags.Future, false, true)]
    [PeerCase("ltp:mlockall01.MCL_CURRENT|MCL_FUTURE", MlockallFlags.Current | MlockallFlags.Future, true, true)]
    public static void The_superuser_locks_the_present_or_the_future_or_both(MlockallFlags flags, bool present, bool future)
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1);

        Peer.Returns(Errno.None, rig.Process.SysMlockall(flags));
        rig.MapMemory(2, 1);

        Assert.Equal(present, IsLocked(rig, 0));
        Assert.Equal(future, IsLocked(rig, 2));
    }

    [PeerCase("ltp:mlockall02.0")]
    public static void A_process_larger_than_the_limit_or_half_of_memory_cannot_be_locked()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 2);
        rig.Process.UserId = 500;
        rig.Process.Limits[Resource.LockedMemory] = Peer.Page;
        Peer.Returns(Errno.ENOMEM, rig.Process.SysMlockall(MlockallFlags.Current));

        rig.Process.UserId = 0;
        rig.Process.Limits[Resource.LockedMemory] = ulong.MaxValue;
        rig.MapMemory(2, rig.Kernel.MemMap.Count / 2, Protection.Read);
        Peer.Returns(Errno.ENOMEM, rig.Process.SysMlockall(MlockallFlags.Current));

        Assert.Equal(0, rig.Process.AddressSpace.LockedPages);
    }

    [PeerCase("ltp:mlockall02.1")]
    public static void Others_than_the_superuser_may_not()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1);
        rig.Process.UserId = 500;

        Peer.Returns(Errno.EPERM, rig.Process.SysMlockall(MlockallFlags.Current));

        Assert.False(IsLocked(rig, 0));
    }

    [PeerCase("ltp:munlockall01")]
    public static void Unlocking_everything_leaves_nothing_locked()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 2);
        rig.Process.Mlockall(MlockallFlags.Current);
        Assert.Equal(2, rig.Process.AddressSpace.LockedPages);

        Peer.Returns(Errno.None, rig.Process.SysMunlockall());

        Assert.Equal(0, rig.Process.AddressSpace.LockedPages);
        Assert.False(IsLocked(rig, 0));
    }

    [PeerCase("gv:mlockall.Future")]
    public static void What_is_mapped_while_the_future_is_locked_is_locked_and_read_inside_mmap()
    {
        using var rig = new Rig(new PageDriver(pages: 2));
        rig.MapMemory(0, 1);
        rig.Process.Mlockall(MlockallFlags.Future);
        rig.MapDevice(2, 2);
        Assert.Equal("mmap 2-4; nopage 2-3; nopage 3-4", rig.Story());
        Assert.Equal((false, true), (IsLocked(rig, 0), IsLocked(rig, 2)));

        rig.Process.Munlockall();
        rig.MapMemory(6, 1);

        Assert.Equal((false, false), (IsLocked(rig, 2), IsLocked(rig, 6)));
        Assert.True(rig.Entry(6).IsNone);
    }

    [PeerCase("gv:maplocked.RlimitInsufficient")]
    public static void The_limit_concerns_a_new_mapping_only_while_the_future_is_locked()
    {
        using var rig = new Rig();
        rig.Process.Limits[Resource.LockedMemory] = Peer.Page;
        rig.Process.Mmap(2 * Peer.Page, Protection.Read, Peer.PrivateMemory | Peer.MapLocked);
        Assert.Equal(0, rig.Process.AddressSpace.LockedPages);
        rig.Unmap(0, 2);

        rig.Process.Mlockall(MlockallFlags.Future);

        Peer.Returns(Errno.EAGAIN, rig.Process.SysMmap(default, 2 * Peer.Page, Protection.Read, Peer.PrivateMemory, -1, 0));
    }

    [PeerCase("ltp:brk02")]
    public static void Heap_that_was_protected_piece_by_piece_is_unmapped_whole()
    {
        using var rig = new Rig();
        UserAddress start = rig.Process.Brk(default);
        rig.Process.Brk(start + (4 * Peer.Page));
        rig.Process.Store(start + (3 * Peer.Page), 42);
        rig.Process.Mprotect(start + Peer.Page, 2 * Peer.Page, Protection.Read);
        Assert.Equal(3, rig.Process.AddressSpace.Areas.Count);

        Assert.Equal(start, rig.Process.Brk(start));

        Assert.Empty(rig.Process.AddressSpace.Areas);
        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Load<int>(start + (3 * Peer.Page)));
    }

    private static bool IsLocked(Rig rig, int page) => Peer.FlagsAt(rig.Process, Rig.At(page)).HasFlag(VmFlags.Locked);
}
