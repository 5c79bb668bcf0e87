using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Kernel;

/// <summary>System V shared memory: segments, attachments, and what is refused.</summary>
public sealed class SharedMemoryTests : IDisposable
{
    private const int Key = 0x1234;
    private const ShmFlags All = ShmFlags.OwnerRead | ShmFlags.OwnerWrite | ShmFlags.OthersRead | ShmFlags.OthersWrite;

    private readonly Rig _rig = new();

    private Process Process => _rig.Process;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Two_attachments_show_the_same_memory()
    {
        int id = Make(pages: 2);
        UserAddress here = Process.Shmat(id);
        UserAddress there = _rig.Kernel.Spawn() is var other ? other.Shmat(id) : default;

        Process.Store(here + Rig.Page, 42);
        other.Store(there, 43);

        Assert.Equal(42, other.Load<int>(there + Rig.Page));
        Assert.Equal(43, Process.Load<int>(here));
        Assert.Equal(0, Process.Load<int>(here + 4));
    }

    [Fact]
    public void Pages_come_when_they_are_touched()
    {
        UserAddress at = Process.Shmat(Make(pages: 2));
        Assert.Equal("swap own:0080", Rig.Entry(_rig.Kernel, Process, at + Rig.Page).ToString());
        int free = _rig.Kernel.MemMap.FreeCount;

        Process.Load<int>(at + Rig.Page);

        Assert.Equal(free - 1, _rig.Kernel.MemMap.FreeCount);
        Assert.Equal(1, Process.AddressSpace.ResidentPages);
    }

    [Fact]
    public void A_child_shares_the_attachment_and_counts()
    {
        int id = Make(pages: 1);
        UserAddress at = Process.Shmat(id);
        Process.Store(at, 42);

        Process child = Process.Fork();
        child.Store(at, 43);

        Assert.Equal(43, Process.Load<int>(at));
        Assert.Equal(2, Segment(id)!.AttachCount);
        child.Exit();
        Assert.Equal(1, Segment(id)!.AttachCount);
    }

    [Fact]
    public void The_content_outlives_the_last_attachment()
    {
        int id = Make(pages: 1);
        UserAddress at = Process.Shmat(id);
        Process.Store(at, 42);

        Process.Shmdt(at);

        Assert.Empty(Process.AddressSpace.Areas);
        Assert.Equal(42, Process.Load<int>(Process.Shmat(id)));
    }

    [Fact(DisplayName = "gv:shm.PartialUnmap shmdt finds the pieces that munmap left")]
    public void Shmdt_finds_the_pieces_that_munmap_left()
    {
        int id = Make(pages: 4);
        UserAddress at = Process.Shmat(id);
        Process.Store(at + (3 * Rig.Page), 42);
        Process.Munmap(at + Rig.Page, 2 * Rig.Page);
        Assert.Equal(2, Segment(id)!.AttachCount);
        Assert.Equal(42, Process.Load<int>(at + (3 * Rig.Page)));

        Process.Shmdt(at);

        Assert.Empty(Process.AddressSpace.Areas);
        Assert.Equal(0, Segment(id)!.AttachCount);
        Assert.Empty(Segment(id)!.Areas);
    }

    [Fact(DisplayName = "gv:shm.AllowsAttachToRemovedSegmentWithRefs A removed segment can be attached while others have it")]
    public void A_removed_segment_can_be_attached_while_others_have_it()
    {
        int id = Make(pages: 1);
        Process.Store(Process.Shmat(id), 42);

        Process.Shmctl(id, ShmCommand.Remove);

        Assert.Equal(42, Process.Load<int>(Process.Shmat(id)));
        Assert.Equal(-(long)Errno.EIDRM, Process.SysShmget(Key, 1, ShmFlags.None));
    }

    [Fact(DisplayName = "gv:shm.NoDestructionWithMultipleRmid A segment removed six times survives until its last detachment")]
    public void A_segment_removed_six_times_survives_until_its_last_detachment()
    {
        int id = Make(pages: 1);
        _rig.MapMemory(0, 1);
        UserAddress at = Process.Shmat(id);
        int free = _rig.Kernel.MemMap.FreeCount;
        Process.Store(at, 42);
        for (int i = 0; i < 6; i++)
            Process.Shmctl(id, ShmCommand.Remove);
        Assert.Equal(42, Process.Load<int>(at));

        Process.Shmdt(at);

        Assert.Empty(_rig.Kernel.SharedSegments);
        Assert.Equal(free, _rig.Kernel.MemMap.FreeCount);
        Assert.Equal(-(long)Errno.EINVAL, Process.SysShmat(id, default, ShmFlags.None));
    }

    [Fact]
    public void A_removed_segment_goes_when_its_last_process_exits()
    {
        int id = Make(pages: 1);
        Process.Store(Process.Shmat(id), 42);
        Process.Shmctl(id, ShmCommand.Remove);

        Process.Exit();

        Assert.Empty(_rig.Kernel.SharedSegments);
        Assert.Empty(_rig.Machine.Shutdown());
    }

    [Fact(DisplayName = "gv:shm.MprotectWriteOnReadonlySegmentFails A read-only attachment has no right to become writable")]
    public void A_read_only_attachment_has_no_right_to_become_writable()
    {
        UserAddress at = Process.Shmat(Make(pages: 1), default, ShmFlags.ReadOnly);

        Assert.Equal(-(long)Errno.EACCES, Process.SysMprotect(at, Rig.Page, Protection.ReadWrite));
        Assert.Equal(0, Process.Load<int>(at));
        Assert.Equal(Signal.SIGSEGV, Assert.Throws<SignalException>(() => Process.Store(at, 42)).Signal);
    }

    [Fact(DisplayName = "gv:shm.MprotectWriteOnWritableSegmentSucceeds A writable attachment made read-only can become writable again")]
    public void A_writable_attachment_made_read_only_can_become_writable_again()
    {
        UserAddress at = Process.Shmat(Make(pages: 1));
        Process.Store(at, 41);
        Process.Mprotect(at, Rig.Page, Protection.Read);
        Assert.Equal(Signal.SIGSEGV, Assert.Throws<SignalException>(() => Process.Store(at, 42)).Signal);

        Process.Mprotect(at, Rig.Page, Protection.ReadWrite);
        Process.Store(at, 42);

        Assert.Equal(42, Process.Load<int>(at));
    }

    [Fact]
    public void Beyond_the_limit_of_the_address_space_shmat_is_ENOMEM_and_nothing_is_attached()
    {
        int id = Make(pages: 2);
        Process.Limits[Resource.AddressSpace] = Rig.Page;

        Assert.Equal(-(long)Errno.ENOMEM, Process.SysShmat(id, default, ShmFlags.None));

        Assert.Empty(Process.AddressSpace.Areas);
        Assert.Equal(0, Segment(id)!.AttachCount);
    }

    [Fact(DisplayName = "ltp:mremap04 Growing the first page of an attachment in place is ENOMEM")]
    public void Growing_the_first_page_of_an_attachment_in_place_is_ENOMEM()
    {
        UserAddress at = Process.Shmat(Make(pages: 2));

        Assert.Equal(-(long)Errno.ENOMEM, Process.SysMremap(at, Rig.Page, 2 * Rig.Page, MremapFlags.None));
    }

    [Fact]
    public void Pieces_that_touch_again_are_one_attachment()
    {
        int id = Make(pages: 4);
        UserAddress at = Process.Shmat(id);
        UserAddress again = Process.Shmat(id, at + (4 * Rig.Page));
        Process.Munmap(at + (3 * Rig.Page), 2 * Rig.Page);

        Assert.Equal(2, Process.AddressSpace.Areas.Count);
        Process.Shmdt(again);
        Assert.Equal(at, Assert.Single(Process.AddressSpace.Areas).Start);
    }

    [Theory]
    [InlineData(0, 0, ShmFlags.Create, Errno.EINVAL)]
    [InlineData(0, (32 << 20) + 1, ShmFlags.Create, Errno.EINVAL)]
    [InlineData(7, 1, ShmFlags.None, Errno.ENOENT)]
    [InlineData(Key, 1, ShmFlags.Create | ShmFlags.Exclusive, Errno.EEXIST)]
    [InlineData(Key, 4097, ShmFlags.Create, Errno.EINVAL)]
    [InlineData(Key, 4096, ShmFlags.Create, Errno.None)]
    public void Shmget_refuses(int key, ulong size, ShmFlags flags, Errno expected)
    {
        int id = Make(pages: 1);

        long result = Process.SysShmget(key, size, flags);

        Assert.Equal(expected == Errno.None ? id : -(long)expected, result);
    }

    [Fact]
    public void A_hundred_and_twenty_ninth_segment_is_ENOSPC()
    {
        for (int i = 0; i < 128; i++)
            Process.Shmget(0, 1, All);

        Assert.Equal(-(long)Errno.ENOSPC, Process.SysShmget(0, 1, All));
    }

    [Theory]
    [InlineData(ShmFlags.OwnerRead, false)]
    [InlineData(ShmFlags.OthersRead, true)]
    public void Only_the_mode_lets_another_user_in(ShmFlags mode, bool mayRead)
    {
        int id = Process.Shmget(Key, 1, ShmFlags.Create | mode);
        Process.UserId = 1;

        Assert.Equal(mayRead, Process.SysShmat(id, default, ShmFlags.ReadOnly) > 0);
        Assert.Equal(-(long)Errno.EACCES, Process.SysShmat(id, default, ShmFlags.None));
        Assert.Equal(mayRead ? id : -(long)Errno.EACCES, Process.SysShmget(Key, 1, ShmFlags.OthersRead));
    }

    [Fact]
    public void The_owner_goes_by_the_owners_bits()
    {
        Process.UserId = 1;
        int id = Process.Shmget(Key, 1, ShmFlags.Create | ShmFlags.OwnerRead | ShmFlags.OthersWrite);

        Assert.True(Process.SysShmat(id, default, ShmFlags.ReadOnly) > 0);
        Assert.Equal(-(long)Errno.EACCES, Process.SysShmat(id, default, ShmFlags.None));
    }

    [Theory]
    [InlineData(-1, 0, ShmFlags.None)]                              // no number
    [InlineData(1, 0, ShmFlags.None)]                               // no segment
    [InlineData(0, 0, ShmFlags.Remap)]                              // nothing to remap
    [InlineData(0, 0x4000_0001, ShmFlags.None)]                     // inside a page
    [InlineData(0, 0x4000_0000, ShmFlags.None)]                     // in use
    [InlineData(0, 0xBFFF_F000, ShmFlags.None)]                     // beyond the user's addresses
    public void Shmat_is_EINVAL(int id, ulong address, ShmFlags flags)
    {
        Make(pages: 2);
        _rig.MapMemory(1, 1);

        Assert.Equal(-(long)Errno.EINVAL, Process.SysShmat(id, new UserAddress(address), flags));
    }

    [Fact]
    public void Shmat_can_round_down_and_replace_what_is_there()
    {
        _rig.MapMemory(0, 2);
        Process.Store(Rig.At(0), 42);

        UserAddress at = Process.Shmat(Make(pages: 1), Rig.At(0) + 5, ShmFlags.Round | ShmFlags.Remap);

        Assert.Equal(Rig.At(0), at);
        Assert.Equal(0, Process.Load<int>(at));
        Assert.Equal(2, Process.AddressSpace.TotalPages);
    }

    [Fact]
    public void The_number_of_a_segment_that_is_gone_is_EIDRM_once_its_place_is_taken()
    {
        int id = Make(pages: 1);
        Process.Shmctl(id, ShmCommand.Remove);
        Assert.Equal(-(long)Errno.EINVAL, Process.SysShmctl(id, ShmCommand.Remove));
        Make(pages: 1);

        Assert.Equal(-(long)Errno.EIDRM, Process.SysShmat(id, default, ShmFlags.None));
        Assert.Equal(-(long)Errno.EIDRM, Process.SysShmctl(id, ShmCommand.Remove));
    }

    [Theory]
    [InlineData(ShmCommand.Remove)]
    [InlineData(ShmCommand.Lock)]
    [InlineData(ShmCommand.Unlock)]
    public void Control_of_anothers_segment_is_EPERM(ShmCommand command)
    {
        int id = Make(pages: 1);
        Process.UserId = 1;

        Assert.Equal(-(long)Errno.EPERM, Process.SysShmctl(id, command));
    }

    [Theory]
    [InlineData(ShmCommand.Unlock)]
    [InlineData((ShmCommand)5)]
    [InlineData((ShmCommand)(-1))]
    public void Control_that_makes_no_sense_is_EINVAL(ShmCommand command) =>
        Assert.Equal(-(long)Errno.EINVAL, Process.SysShmctl(Make(pages: 1), command));

    [Fact]
    public void Shmdt_of_anything_is_0()
    {
        _rig.MapMemory(0, 1);

        Assert.Equal(0, Process.SysShmdt(Rig.At(0)));
        Assert.Single(Process.AddressSpace.Areas);
    }

    [Difference("shmat-no-memory")]
    [Fact]
    public void Without_memory_for_tables_shmat_is_ENOMEM_and_nothing_is_attached()
    {
        int id = Make(pages: 1);
        UseUpMemoryForTables();

        Assert.Equal(-(long)Errno.ENOMEM, Process.SysShmat(id, default, ShmFlags.None));

        Assert.Single(Process.AddressSpace.Areas);
        Assert.Equal(1, Process.AddressSpace.TotalPages);
        Assert.Equal(0, Segment(id)!.AttachCount);
    }

    [Difference("shmat-no-memory")]
    [Fact]
    public void With_the_defect_a_failed_shmat_leaves_an_area_that_is_closed_once_too_often()
    {
        _rig.Machine.Defects = KernelDefects.ShmMapFailureFreesLinkedArea;
        int id = Make(pages: 1);
        UseUpMemoryForTables();

        Assert.Equal(-(long)Errno.ENOMEM, Process.SysShmat(id, default, ShmFlags.None));

        Assert.Equal(2, Process.AddressSpace.Areas.Count);
        Process.Exit();
        Assert.Equal(-1, Segment(id)!.AttachCount);
    }

    [Fact]
    public void Without_memory_for_a_page_the_process_dies()
    {
        int id = Make(pages: 1);
        UserAddress at = Process.Shmat(id);
        _rig.UseUpMemory();

        Assert.Equal(Signal.SIGKILL, Assert.Throws<SignalException>(() => Process.Store(at, 42)).Signal);

        Assert.Equal(0, Segment(id)!.AttachCount);
    }

    [Fact]
    public void Pressure_swaps_a_page_out_of_the_segment_and_of_every_table()
    {
        (int id, UserAddress at, Process child) = SharedPage();

        Assert.Equal(1, _rig.Kernel.FreePagesByStealing(1));

        Assert.Equal(3, _rig.Kernel.SwapFree);
        Assert.Equal("swap own:0000", Rig.Entry(_rig.Kernel, child, at).ToString());
        Assert.Equal(42, child.Load<int>(at));
        Assert.Equal(4, _rig.Kernel.SwapFree);
        child.Store(at, 43);
        Assert.Equal(43, Process.Load<int>(at));
        Assert.Equal(2, Segment(id)!.AttachCount);
    }

    [Fact]
    public void A_locked_segment_is_left_alone_until_it_is_unlocked()
    {
        (int id, _, _) = SharedPage();
        Process.Shmctl(id, ShmCommand.Lock);

        Assert.Equal(0, _rig.Kernel.FreePagesByStealing(1));
        Process.Shmctl(id, ShmCommand.Unlock);

        Assert.Equal(1, _rig.Kernel.FreePagesByStealing(1));
    }

    [Fact]
    public void A_segment_that_is_destroyed_frees_its_slots()
    {
        (int id, _, Process child) = SharedPage();
        _rig.Kernel.FreePagesByStealing(1);
        Process.Shmctl(id, ShmCommand.Remove);
        child.Exit();
        Assert.Equal(3, _rig.Kernel.SwapFree);

        Process.Exit();

        Assert.Equal(4, _rig.Kernel.SwapFree);
    }

    [Fact]
    public void The_shutdown_frees_segments_that_nobody_removed()
    {
        SharedPage();
        _rig.Kernel.FreePagesByStealing(1);

        Assert.Empty(_rig.Machine.Shutdown());

        Assert.Equal(0, _rig.Kernel.LostSwapSlots);
        Assert.Empty(_rig.Kernel.SharedSegments);
    }

    [Fact]
    public void A_segment_reads_like_a_line_of_ipcs()
    {
        int id = Make(pages: 1);
        Process.Shmat(id);
        Process.Shmctl(id, ShmCommand.Remove);

        Assert.Equal("shm 00001234 id 0 4096 bytes nattch 1 dest", Segment(id)!.ToString());
    }

    /// <summary>Leaves room for the structure of another area, and none for a table.</summary>
    private void UseUpMemoryForTables()
    {
        _rig.MapMemory(0, 1);
        _rig.UseUpMemory();
    }

    private int Make(int pages) => Process.Shmget(Key, (ulong)pages * Rig.Page, ShmFlags.Create | All);

    private SharedSegment? Segment(int id) => _rig.Kernel.SharedSegments.SingleOrDefault(segment => segment.Id == id);

    /// <summary>A page that two processes have used and that holds 42, on a machine with four slots.</summary>
    private (int Id, UserAddress At, Process Child) SharedPage()
    {
        _rig.Kernel.AddSwap(pages: 4);
        int id = Make(pages: 1);
        UserAddress at = Process.Shmat(id);
        Process.Store(at, 42);
        Process child = Process.Fork();
        child.Load<int>(at);
        return (id, at, child);
    }
}
