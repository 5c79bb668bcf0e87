using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Areas that are split and joined, and which of the objects survives.</summary>
internal static class MergeCases
{
    [PeerCase("kvma:simple_modify")]
    public static void The_middle_keeps_the_object_and_its_sides_are_new()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 3);
        VmArea original = AreaAt(rig, 1);
        rig.Forget();

        rig.Protect(1, 1, Protection.Read);

        Assert.Equal("0-1 rw-s; 1-2 r--s; 2-3 rw-s", rig.Layout());
        Assert.Equal([0, Peer.Page, 2 * Peer.Page], Offsets(rig));
        Assert.Same(original, AreaAt(rig, 1));
        Assert.Equal("open 0-1; open 2-3", rig.Story());
    }

    [PeerCase("kvma:simple_expand")]
    public static void An_area_that_grows_in_place_stays_the_same_object()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 1);
        VmArea original = AreaAt(rig, 0);

        rig.Remap(0, 1, 3);

        Assert.Equal("0-3 rw-s", rig.Layout());
        Assert.Same(original, AreaAt(rig, 2));
        Assert.Equal(0UL, original.Offset);
    }

    [PeerCase("kvma:merge_with_close.new")]
    public static void A_new_area_between_two_is_closed_and_so_is_the_next_one()
    {
        List<VmArea> closed = [];
        using Rig rig = Recording(closed);
        rig.MapDevice(0, 1);
        rig.MapDevice(2, 1, offset: 2);
        VmArea previous = AreaAt(rig, 0);
        VmArea next = AreaAt(rig, 2);

        rig.MapDevice(1, 1, offset: 1);

        Assert.Equal("0-3 rw-s", rig.Layout());
        Assert.Same(previous, AreaAt(rig, 2));
        Assert.Equal(2, closed.Count);
        Assert.Same(next, closed[1]);
        Assert.Equal(1, rig.Driver.UseCount);
    }

    [PeerCase("kvma:merge_with_close.prev")]
    public static void An_area_that_becomes_like_the_one_before_it_is_closed() => Join(pieces: 2);

    [PeerCase("kvma:merge_with_close.both")]
    [PeerCase("kvma:merge_with_close.nextonly")]
    public static void An_area_that_becomes_like_both_its_neighbours_is_closed_and_the_next_one_after_it() => Join(pieces: 3);

    [PeerCase("kvma:merge_existing.right_full")]
    public static void An_area_that_becomes_like_the_one_behind_it_swallows_it()
    {
        List<VmArea> closed = [];
        using Rig rig = Recording(closed);
        rig.MapDevice(0, 3, protection: Protection.Read);
        rig.MapDevice(3, 3, offset: 3);
        (VmArea changed, VmArea next) = (AreaAt(rig, 0), AreaAt(rig, 3));

        rig.Protect(0, 3, Protection.ReadWrite);

        Assert.Equal("0-6 rw-s", rig.Layout());
        Assert.Same(changed, AreaAt(rig, 5));
        Assert.Same(next, Assert.Single(closed));
    }

    [PeerCase("kvma:merge_existing.left_partial")]
    public static void A_head_that_becomes_like_the_area_before_joins_it_and_the_rest_starts_later()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 2);
        rig.MapDevice(2, 4, offset: 2, Protection.Read);
        VmArea previous = AreaAt(rig, 0);

        rig.Protect(2, 2, Protection.ReadWrite);

        Assert.Equal("0-4 rw-s; 4-6 r--s", rig.Layout());
        Assert.Equal([0, 4 * Peer.Page], Offsets(rig));
        Assert.Same(previous, AreaAt(rig, 3));
    }

    [PeerCase("kvma:merge_existing.both")]
    public static void An_area_that_becomes_like_both_its_neighbours_leaves_the_one_before_only()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 2);
        rig.MapDevice(2, 2, offset: 2, Protection.Read);
        rig.MapDevice(4, 2, offset: 4);
        VmArea previous = AreaAt(rig, 0);

        rig.Protect(2, 2, Protection.ReadWrite);

        Assert.Equal("0-6 rw-s", rig.Layout());
        Assert.Same(previous, Assert.Single(rig.Process.AddressSpace.Areas));
        Assert.Equal(0UL, previous.Offset);
    }

    [PeerCase("kvma:merge_extend")]
    public static void Growing_into_a_gap_does_not_join_what_lies_behind_it()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 1);
        rig.MapDevice(3, 1, offset: 3);
        rig.Forget();

        rig.Remap(0, 1, 3);

        Assert.Equal(("0-3 rw-s; 3-4 rw-s", ""), (rig.Layout(), rig.Story()));
    }

    [PeerCase("kvma:copy_vma")]
    public static void An_area_that_is_moved_behind_another_joins_it_when_its_offset_goes_on()
    {
        Assert.Equal("2-9 r--p; 9-13 rw-s", MoveBehind(offset: 1));
        Assert.Equal("2-9 r--p; 9-10 rw-s; 10-13 rw-s", MoveBehind(offset: 2));
    }

    [PeerCase("k20:merge.adjacent")]
    public static void A_mapping_that_goes_on_from_another_is_absorbed_and_the_driver_is_balanced()
    {
        List<VmArea> closed = [];
        using Rig rig = Recording(closed);
        rig.MapDevice(0, 2);
        VmArea first = AreaAt(rig, 0);
        int inode = rig.Driver.Inode.Count;
        rig.Forget();

        rig.MapDevice(2, 1, offset: 2);

        Assert.Equal("mmap 2-3; close empty", rig.Story());
        Assert.Equal("0-3 rw-s", rig.Layout());
        Assert.Same(first, AreaAt(rig, 2));
        Assert.NotSame(first, Assert.Single(closed));
        Assert.Equal((inode, 1), (rig.Driver.Inode.Count, rig.Driver.UseCount));
    }

    /// <summary>Maps pieces with different rights and gives the second the rights of the first and, where there is one, the third.</summary>
    private static void Join(int pieces)
    {
        List<VmArea> closed = [];
        using Rig rig = Recording(closed);
        for (int i = 0; i < pieces; i++)
            rig.MapDevice(i, 1, offset: i, i == 1 ? Protection.Read : Protection.ReadWrite);
        IReadOnlyList<VmArea> before = rig.Process.AddressSpace.Areas;
        int inode = rig.Driver.Inode.Count;

        rig.Protect(1, 1, Protection.ReadWrite);

        Assert.Same(before[0], Assert.Single(rig.Process.AddressSpace.Areas));
        Assert.Equal($"0-{pieces} rw-s", rig.Layout());
        Assert.Equal(before.Skip(1), closed);
        Assert.All(closed, area => Assert.Equal(area.Start, area.End));
        Assert.Equal(inode - pieces + 1, rig.Driver.Inode.Count);
    }

    private static string MoveBehind(int offset)
    {
        using var rig = new Rig();
        rig.MapDevice(0, 2, offset);
        rig.MapMemory(2, 7, Protection.Read);
        rig.MapDevice(9, 1);
        rig.Remap(0, 2, 3, MremapFlags.MayMove);
        return rig.Layout();
    }

    private static Rig Recording(List<VmArea> closed) => new(new TestDriver
    {
        OnClose = (driver, area) =>
        {
            closed.Add(area);
            driver.DecrementUseCount();
        },
    });

    private static VmArea AreaAt(Rig rig, int page) => rig.Process.AddressSpace.FindArea(Rig.At(page))!;

    private static IEnumerable<ulong> Offsets(Rig rig) => rig.Process.AddressSpace.Areas.Select(area => area.Offset);
}
