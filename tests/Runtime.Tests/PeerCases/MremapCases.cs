using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>What <c>mremap</c> refuses, and what grows, moves and joins.</summary>
internal static class MremapCases
{
    [PeerCase("ltp:mremap02")]
    public static void An_address_inside_a_page_is_refused()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1);

        Peer.Returns(Errno.EINVAL, rig.Process.SysMremap(Rig.At(0) - 1, Peer.Page, 2 * Peer.Page, MremapFlags.MayMove));
    }

    [PeerCase("ltp:mremap03")]
    public static void What_is_not_mapped_cannot_grow()
    {
        using var rig = new Rig();
        rig.MapMemory(4, 1);

        Peer.Returns(Errno.EFAULT, rig.Process.SysMremap(Rig.At(0), Peer.Page, 2 * Peer.Page, MremapFlags.MayMove));
    }

    [PeerCase("ltp:mremap05.2")]
    public static void A_flag_for_a_new_address_is_unknown_and_equal_sizes_stay()
    {
        const MremapFlags Fixed = (MremapFlags)2;
        using var rig = new Rig();
        rig.MapMemory(0, 2);
        rig.Process.Store(Rig.At(1), 42);

        Assert.Equal((long)Rig.At(0).Value, rig.Process.SysMremap(Rig.At(0), 2 * Peer.Page, 2 * Peer.Page, MremapFlags.MayMove | Fixed));

        Assert.Equal("0-2 rw-p", rig.Layout());
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(1)));
    }

    [PeerCase("ltp:mremap06")]
    public static void Pieces_that_become_adjacent_keep_their_content_and_are_joined_only_when_their_offsets_go_on()
    {
        var driver = new PageDriver(pages: 3);
        using var rig = new Rig(driver);
        for (int i = 0; i < 3; i++)
            rig.Kernel.Write(driver.Pages[i], i + 1);
        rig.MapDevice(0, 1, offset: 2);
        rig.MapDevice(2, 1, offset: 1);
        rig.MapMemory(1, 1, Protection.Read);
        rig.MapMemory(3, 7, Protection.Read);
        rig.MapDevice(10, 1);

        rig.Remap(2, 1, 2, MremapFlags.MayMove);                    // offset 1 to behind offset 0
        rig.Unmap(12, 1);                                           // the page that it grew by
        Assert.Equal("0-1 rw-s; 1-2 r--p; 3-10 r--p; 10-12 rw-s", rig.Layout());
        rig.MapMemory(2, 1, Protection.Read);
        rig.Remap(0, 1, 2, MremapFlags.MayMove);                    // offset 2 to behind offset 1
        Assert.Equal("1-10 r--p; 10-14 rw-s", rig.Layout());

        Assert.Equal([1, 2, 3], Enumerable.Range(10, 3).Select(page => rig.Process.Load<int>(Rig.At(page))));
        OffsetsMatterOnlyWithAnInode();
    }

    [PeerCase("gv:mremap.InPlace_ExpansionFailure")]
    public static void Without_room_and_leave_to_move_nothing_changes()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 3);
        rig.Unmap(1, 1);

        Peer.Returns(Errno.ENOMEM, rig.Process.SysMremap(Rig.At(0), Peer.Page, 3 * Peer.Page, MremapFlags.None));

        Assert.Equal("0-1 rw-p; 2-3 rw-p", rig.Layout());
    }

    [PeerCase("gv:mremap.MayMove_Copy")]
    public static void From_length_zero_a_second_mapping_of_the_same_place_is_made_and_the_driver_sees_open_only()
    {
        using var rig = new Rig(new PageDriver(pages: 1));
        rig.MapDevice(0, 1);
        rig.Process.Store(Rig.At(0), 42);
        rig.Forget();

        UserAddress second = rig.Remap(0, 0, 1, MremapFlags.MayMove);

        Assert.Equal("open new 0-1", rig.Story());
        Assert.Equal(42, rig.Process.Load<int>(second));
        rig.Process.Store(second, 43);
        Assert.Equal(43, rig.Process.Load<int>(Rig.At(0)));

        using var memory = new Rig();
        memory.Process.Store(memory.MapMemory(0, 1), 42);
        Assert.Equal(0, memory.Process.Load<int>(memory.Remap(0, 0, 1, MremapFlags.MayMove)));
        Assert.Equal(42, memory.Process.Load<int>(Rig.At(0)));
    }

    [PeerCase("gv:mremap.ExpansionPreservesCOWPages")]
    public static void A_private_copy_moves_along_and_the_page_that_comes_is_the_files()
    {
        const int Page = FileRig.Page;
        using var rig = new FileRig(3 * Page);
        UserAddress at = rig.Map(2, MapFlags.Private);
        Peer.Memory(rig.Process, 1, Protection.None);               // in the way
        rig.Process.CopyTo(at + Peer.Page, [.. Enumerable.Repeat((byte)'d', Page)]);

        UserAddress moved = rig.Process.Mremap(at, 2 * Peer.Page, 3 * Peer.Page, MremapFlags.MayMove);

        Assert.NotEqual(at, moved);
        byte[] file = FileRig.Pattern(3 * Page);
        Assert.Equal([.. file[..Page], .. Enumerable.Repeat((byte)'d', Page), .. file[(2 * Page)..]], rig.Bytes(moved, 3 * Page));
        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Load<byte>(at));
    }

    [PeerCase("kst:mremap_expand_merge")]
    public static void Growing_up_to_a_neighbour_does_not_join_it()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 3);
        rig.Unmap(1, 1);

        Assert.Equal(Rig.At(0), rig.Remap(0, 1, 2));

        Assert.Equal("0-2 rw-p; 2-3 rw-p", rig.Layout());
    }

    [PeerCase("kst:mremap_expand_merge_offset")]
    public static void Growing_from_inside_an_area_up_to_its_end_moves_its_end()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 3);
        rig.Unmap(2, 1);

        Assert.Equal(Rig.At(1), rig.Remap(1, 1, 2));

        Assert.Equal("0-3 rw-p", rig.Layout());
    }

    private static void OffsetsMatterOnlyWithAnInode()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 1, offset: 2);
        rig.MapMemory(1, 9, Protection.Read);
        rig.MapDevice(10, 1);
        rig.Remap(0, 1, 2, MremapFlags.MayMove);
        Assert.Equal("1-10 r--p; 10-11 rw-s; 11-13 rw-s", rig.Layout());

        using var memory = new Rig();                               // without an inode nobody asks for offsets
        memory.MapMemory(0, 1);
        memory.MapMemory(1, 9, Protection.Read);
        memory.MapMemory(10, 1);
        memory.Remap(0, 1, 2, MremapFlags.MayMove);
        Assert.Equal("1-10 r--p; 10-13 rw-p", memory.Layout());
    }
}
