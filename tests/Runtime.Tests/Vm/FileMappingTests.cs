using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Mappings of files: who shares what, what reaches the disk and when, and what lies beyond the end.</summary>
public sealed class FileMappingTests
{
    private const int Page = FileRig.Page;

    [Theory]
    [InlineData(MapFlags.Private, Protection.Read, OpenFlags.ReadOnly)]
    [InlineData(MapFlags.Shared, Protection.Read, OpenFlags.ReadOnly)]
    [InlineData(MapFlags.Shared, Protection.ReadWrite, OpenFlags.ReadWrite)]
    public void A_mapping_shows_the_file_and_zeros_in_the_rest_of_its_last_page(MapFlags sharing, Protection protection, OpenFlags open)
    {
        using var rig = new FileRig(Page + 100);

        UserAddress at = rig.Map(2, sharing, protection, open);

        byte[] expected = [.. FileRig.Pattern(Page + 100), .. new byte[Page - 100]];
        Assert.Equal(expected, rig.Bytes(at, 2 * Page));
    }

    [Fact]
    public void The_offset_says_where_the_mapping_starts()
    {
        using var rig = new FileRig(3 * Page);

        UserAddress at = rig.Map(1, offset: 2 * Page);

        Assert.Equal(FileRig.Pattern(3 * Page)[(2 * Page)..], rig.Bytes(at, Page));
    }

    [Difference("file-offset")]
    [Theory]
    [InlineData(MapFlags.Shared)]
    [InlineData(MapFlags.Private)]
    public void An_offset_inside_a_page_is_EINVAL(MapFlags sharing)
    {
        using var rig = new FileRig(Page);
        int fd = rig.Open();

        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysMmap(default, (ulong)Page, Protection.Read, sharing, fd, 1024));
        Assert.Equal(1, rig.Inode.Count);
    }

    [Fact]
    public void Every_area_holds_the_inode_and_closing_the_file_does_not_matter()
    {
        using var rig = new FileRig(3 * Page);
        UserAddress at = rig.Map(3);
        Assert.Equal(1, rig.Inode.Count);

        rig.Process.Munmap(at + Page, Page);
        Assert.Equal(2, rig.Inode.Count);
        rig.Process.Fork();

        Assert.Equal(4, rig.Inode.Count);
        Assert.Empty(rig.Machine.Shutdown());
        Assert.Equal(0, rig.Inode.Count);
    }

    [Fact]
    public void Shared_mappings_of_two_processes_and_read_see_one_page()
    {
        using var rig = new FileRig(Page);
        Process other = rig.Kernel.Spawn();
        UserAddress at = rig.Map(1);
        UserAddress there = rig.Map(1, by: other);

        rig.Process.Store<byte>(at + 5, 99);

        Assert.Equal(99, other.Load<byte>(there + 5));
        Assert.Equal(99, rig.Read(rig.Open(), 6)[5]);
    }

    [Fact]
    public void Writing_with_write_is_seen_through_the_mapping()
    {
        using var rig = new FileRig(Page);
        UserAddress at = rig.Map(1);
        rig.Process.Load<byte>(at);

        rig.Write(rig.Open(), 91, 92);

        Assert.Equal(91, rig.Process.Load<byte>(at));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_private_store_stays_with_the_process(bool readsFirst)
    {
        using var rig = new FileRig(Page);
        UserAddress own = rig.Map(1, MapFlags.Private);
        UserAddress other = rig.Map(1, MapFlags.Private);
        if (readsFirst)
            rig.Process.Load<byte>(own);

        rig.Process.Store<byte>(own, 99);

        Assert.Equal(99, rig.Process.Load<byte>(own));
        Assert.Equal(2, rig.Process.Load<byte>(own + 1));
        Assert.Equal(1, rig.Process.Load<byte>(other));
        rig.Process.Munmap(own, Page);
        Assert.Equal(1, rig.Disk[0]);
    }

    [Fact]
    public void Stores_reach_the_disk_when_they_are_synchronised_and_not_before()
    {
        using var rig = new FileRig(2 * Page);
        UserAddress at = rig.Map(2);
        rig.Process.Store<byte>(at, 98);
        rig.Process.Store<byte>(at + Page, 99);
        Assert.Equal(1, rig.Disk[0]);

        rig.Sync(at, 1);

        Assert.Equal(98, rig.Disk[0]);
        Assert.NotEqual(99, rig.Disk[Page]);
        Assert.False(rig.Entry(at).IsDirty);
        Assert.True(rig.Entry(at + Page).IsDirty);
    }

    [Fact]
    public void A_page_that_was_synchronised_gets_dirty_again_with_the_next_store()
    {
        using var rig = new FileRig(Page);
        UserAddress at = rig.Map(1);
        rig.Process.Store<byte>(at, 98);
        rig.Sync(at, 1, MsyncFlags.Async);

        rig.Process.Store<byte>(at, 99);
        rig.Sync(at, 1, MsyncFlags.Async);

        Assert.Equal(99, rig.Disk[0]);
    }

    [Fact]
    public void A_page_that_the_child_has_as_well_is_written_by_either()
    {
        using var rig = new FileRig(1024 * Page);
        UserAddress at = rig.Map(1024);
        rig.Process.Store<byte>(at, 98);
        Process child = rig.Process.Fork();

        rig.Sync(at, 1);
        Assert.Equal(98, rig.Disk[0]);
        child.Store<byte>(at, 99);
        child.Msync(at, Page, MsyncFlags.Sync);

        Assert.Equal(99, rig.Disk[0]);
    }

    [Fact]
    public void To_invalidate_alone_drops_the_entries_and_writes_nothing()
    {
        using var rig = new FileRig(Page);
        UserAddress at = rig.Map(1);
        rig.Process.Store<byte>(at, 98);

        rig.Sync(at, 1, MsyncFlags.Invalidate);

        Assert.True(rig.Entry(at).IsNone);
        Assert.Equal(1, rig.Disk[0]);
        Assert.Equal(98, rig.Process.Load<byte>(at));
    }

    [Difference("msync-resident")]
    [Fact]
    public void To_invalidate_and_wait_writes_before_it_drops()
    {
        using var rig = new FileRig(Page);
        UserAddress at = rig.Map(1);
        rig.Process.Store<byte>(at, 98);
        long resident = rig.Process.AddressSpace.ResidentPages;

        rig.Sync(at, 1, MsyncFlags.Invalidate | MsyncFlags.Sync);

        Assert.True(rig.Entry(at).IsNone);
        Assert.Equal(98, rig.Disk[0]);
        Assert.Equal(resident - 1, rig.Process.AddressSpace.ResidentPages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Unmapping_and_exit_write_what_is_dirty(bool exits)
    {
        using var rig = new FileRig(2 * Page);
        UserAddress at = rig.Map(2);
        rig.Process.Store<byte>(at + Page, 99);

        if (exits)
            rig.Process.Exit();
        else
            rig.Process.Munmap(at + Page, Page);

        Assert.Equal(99, rig.Disk[Page]);
    }

    [Fact]
    public void What_is_stored_behind_the_end_never_reaches_the_file()
    {
        using var rig = new FileRig(100);
        UserAddress at = rig.Map(1);
        rig.Process.Store<byte>(at + 99, 98);
        rig.Process.Store<byte>(at + 100, 99);

        rig.Process.Munmap(at, Page);

        Assert.Equal([.. FileRig.Pattern(99), 98], rig.Disk);
    }

    [Fact]
    public void A_shared_page_beyond_the_end_is_SIGBUS_and_a_private_one_zeros()
    {
        using var rig = new FileRig(100);
        UserAddress shared = rig.Map(2);
        UserAddress demoted = rig.Map(2, MapFlags.Shared, Protection.Read, OpenFlags.ReadOnly);
        UserAddress own = rig.Map(2, MapFlags.Private);

        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => rig.Process.Load<byte>(shared + Page)).Signal);
        Assert.Equal(0, rig.Process.Load<byte>(demoted + Page));
        rig.Process.Store<byte>(own + Page, 7);
        Assert.Equal(7, rig.Process.Load<byte>(own + Page));
    }

    [Fact]
    public void The_junk_page_behind_a_SIGBUS_is_not_written_to_the_file()
    {
        using var rig = new FileRig(100);
        UserAddress at = rig.Map(2);
        Assert.Throws<SignalException>(() => rig.Process.Store<byte>(at + Page, 1));

        Assert.Equal(-(long)Errno.EIO, rig.Process.SysMsync(at, 2 * Page, MsyncFlags.Sync));

        Assert.Equal(FileRig.Pattern(100), rig.Disk);
    }

    [Fact]
    public void Truncating_takes_pages_out_of_every_mapping()
    {
        using var rig = new FileRig(3 * Page);
        UserAddress at = rig.Map(3);
        UserAddress tail = rig.Map(1, offset: 2 * Page);
        rig.Process.Store<byte>(at, 98);
        rig.Process.Store<byte>(at + Page, 99);
        rig.Process.Load<byte>(tail);

        rig.Process.Truncate(FileRig.Path, Page);

        Assert.Equal(98, rig.Process.Load<byte>(at));
        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => rig.Process.Store<byte>(at + Page, 1)).Signal);
        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => rig.Process.Load<byte>(tail)).Signal);
    }

    [Fact]
    public void Truncating_inside_a_page_clears_its_rest_in_shared_and_in_private_copies()
    {
        using var rig = new FileRig(Page);
        UserAddress shared = rig.Map(1);
        UserAddress copied = rig.Map(1, MapFlags.Private);
        rig.Process.Load<byte>(shared);
        rig.Process.Store<byte>(copied, 99);

        rig.Process.Truncate(FileRig.Path, 100);

        Assert.Equal([.. FileRig.Pattern(100), .. new byte[Page - 100]], rig.Bytes(shared, Page));
        Assert.Equal([99, .. FileRig.Pattern(100)[1..], .. new byte[Page - 100]], rig.Bytes(copied, Page));
    }

    [Fact]
    public void Truncating_leaves_areas_alone_that_were_unmapped()
    {
        using var rig = new FileRig(2 * Page);
        UserAddress at = rig.Map(2);
        rig.Process.Munmap(at, 2 * Page);
        rig.Process.Mmap(2 * Page, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed, address: at);
        rig.Process.Store(at, 42);

        rig.Process.Truncate(FileRig.Path, 0);

        Assert.Equal(42, rig.Process.Load<int>(at));
    }

    [Fact]
    public void Growing_the_file_makes_room_in_a_mapping_that_was_too_long()
    {
        using var rig = new FileRig(Page);
        UserAddress at = rig.Map(2);

        rig.Process.Truncate(FileRig.Path, 2 * Page);
        rig.Process.Store<byte>(at + Page, 99);
        rig.Sync(at, 2);

        Assert.Equal(99, rig.Disk[Page]);
    }

    [Fact]
    public void Read_may_go_into_a_mapping_of_the_same_file()
    {
        using var rig = new FileRig(2 * Page);
        UserAddress at = rig.Map(2);
        int fd = rig.Open();
        rig.Process.Lseek(fd, Page, SeekWhence.Start);

        Assert.Equal(Page, rig.Process.Read(fd, at, Page));

        Assert.Equal(FileRig.Pattern(2 * Page)[Page..], rig.Bytes(at, Page));
        Assert.Equal(2 * Page, rig.Process.Write(rig.Open(), at, 2 * Page));
    }

    [Fact]
    public void Two_files_that_change_places_are_seen_at_once()
    {
        using var rig = new FileRig(Page);
        rig.Kernel.CreateFile("/other", [77]);
        int other = rig.Process.Open("/other", OpenFlags.ReadOnly);
        UserAddress at = rig.Map(1, MapFlags.Private);
        Assert.Equal(1, rig.Process.Load<byte>(at));

        rig.Process.Mmap(Page, Protection.Read, MapFlags.Private | MapFlags.Fixed, other, address: at);

        Assert.Equal(77, rig.Process.Load<byte>(at));
    }

    [Fact]
    public void Swapping_out_puts_the_page_into_its_file()
    {
        using var rig = new FileRig(Page);
        UserAddress at = rig.Map(1);
        rig.Process.Store<byte>(at, 99);

        Assert.Equal(Errno.None, rig.Swapout(at));

        Assert.Equal(99, rig.Disk[0]);
    }
}
