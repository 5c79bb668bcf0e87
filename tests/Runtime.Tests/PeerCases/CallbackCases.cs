using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Which methods of a device run at which event, in which order, and what becomes of the counts.</summary>
internal static class CallbackCases
{
    private static readonly Action<Rig> MapThree = rig => rig.MapDevice(0, 3);

    [PeerCase("k20:mmap.first")]
    public static void The_first_mapping_calls_the_method_of_the_file_only_and_the_driver_counts_for_itself()
    {
        Expect(_ => { }, MapThree, "mmap 0-3", areas: 1, inodeBefore: 1, inodeAfter: 2);

        using var rig = new Rig(new TestDriver { OnMmap = (_, _, _) => Errno.None });
        rig.MapDevice(0, 3);
        Assert.Equal((1, 0), (rig.Driver.Inode.Count, rig.Driver.UseCount));
    }

    [PeerCase("k20:munmap.head")]
    public static void Unmapping_the_head_opens_a_copy_of_the_rest_and_closes_the_original()
    {
        List<VmArea> opened = [];
        using Rig rig = OpenRecording(opened);
        VmArea original = MapAndForget(rig);

        rig.Unmap(0, 1);

        Assert.Equal("unmap 0-1; open 1-3; close empty", rig.Story());
        AssertReplaced(rig, original, opened, offset: Peer.Page);
    }

    [PeerCase("k20:munmap.tail")]
    public static void Unmapping_the_tail_opens_a_copy_of_the_rest_and_closes_the_original()
    {
        List<VmArea> opened = [];
        using Rig rig = OpenRecording(opened);
        VmArea original = MapAndForget(rig);

        rig.Unmap(2, 1);

        Assert.Equal("unmap 2-3; open 0-2; close empty", rig.Story());
        AssertReplaced(rig, original, opened, offset: 0);
    }

    [PeerCase("k20:munmap.middle")]
    public static void Unmapping_the_middle_opens_the_end_then_the_start_and_closes_the_original() =>
        Expect(MapThree, rig => rig.Unmap(1, 1), "unmap 1-2; open 2-3; open 0-1; close empty", areas: 2, inodeBefore: 2, inodeAfter: 3);

    [PeerCase("k20:munmap.span")]
    public static void Unmapping_several_areas_starts_with_the_last_and_passes_over_holes()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 2);
        rig.MapDevice(3, 2);
        rig.MapDevice(6, 2);
        rig.Forget();

        Peer.Returns(Errno.None, rig.Process.SysMunmap(Rig.At(0), 7 * Peer.Page));

        Assert.Equal("unmap 6-7; open 7-8; close empty; unmap 3-5; close 3-5; unmap 0-2; close 0-2", rig.Story());
        Assert.Equal("7-8 rw-s", rig.Layout());
    }

    [PeerCase("k20:munmap.nomem")]
    public static void A_hole_without_memory_for_the_pieces_loses_the_area_with_the_defect_only()
    {
        Assert.Equal(("0-3 rw-s", "", Errno.ENOMEM, 2, 1), PunchWithoutMemory(KernelDefects.None));
        Assert.Equal(("", "unmap 1-2", Errno.None, 2, 1), PunchWithoutMemory(KernelDefects.HolePunchLosesArea));
    }

    [PeerCase("k20:mprotect.edge")]
    public static void Protecting_an_edge_opens_the_new_piece()
    {
        Expect(MapThree, rig => rig.Protect(0, 1, Protection.Read), "open 0-1", areas: 2, inodeBefore: 2, inodeAfter: 3);
        Expect(MapThree, rig => rig.Protect(2, 1, Protection.Read), "open 2-3", areas: 2, inodeBefore: 2, inodeAfter: 3);
    }

    [PeerCase("k20:mprotect.middle")]
    public static void Protecting_the_middle_opens_what_is_left_on_both_sides() =>
        Expect(MapThree, rig => rig.Protect(1, 1, Protection.Read), "open 0-1; open 2-3", areas: 3, inodeBefore: 2, inodeAfter: 4);

    [PeerCase("k20:mprotect.restore")]
    public static void Restoring_the_protection_closes_the_pieces_that_are_absorbed() => Expect(
        MapThree + (rig => rig.Protect(1, 1, Protection.Read)),
        rig => rig.Protect(1, 1, Protection.ReadWrite),
        "close empty; close empty",
        areas: 1,
        inodeBefore: 4,
        inodeAfter: 2);

    [PeerCase("k20:mprotect.whole")]
    public static void Protecting_a_whole_area_calls_nobody_and_loses_the_cache_bits_of_the_driver()
    {
        using var rig = new Rig(new TestDriver
        {
            OnMmap = (driver, inode, area) =>
            {
                area.PageProtection = driver.Kernel.NonCached(area.PageProtection);
                return driver.CountedMmap(inode, area);
            },
        });
        rig.MapDevice(0, 3);
        rig.Process.Store(Rig.At(0), 42);
        Assert.True(rig.Entry(0).IsCacheDisabled);
        rig.Forget();

        rig.Protect(0, 3, Protection.Read);
        rig.Process.Load<int>(Rig.At(1));

        Assert.Equal(("0-3 r--s", ""), (rig.Layout(), rig.Story()));
        Assert.False(rig.Entry(0).IsCacheDisabled);
        Assert.False(rig.Entry(1).IsCacheDisabled);
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
    }

    [PeerCase("k20:mlock.split")]
    public static void Locking_one_page_opens_the_pieces_and_reads_the_page()
    {
        using var rig = new Rig(new PageDriver(pages: 3));
        rig.MapDevice(0, 3);
        rig.Forget();

        rig.Lock(1, 1);

        Assert.Equal("open 0-1; open 2-3; nopage 1-2", rig.Story());
        Assert.Equal((3, 4), (rig.Driver.UseCount, rig.Driver.Inode.Count));
    }

    [PeerCase("k20:mremap.shrink")]
    public static void Shrinking_is_unmapping_the_tail() =>
        Expect(MapThree, rig => Assert.Equal(Rig.At(0), rig.Remap(0, 3, 2)), "unmap 2-3; open 0-2; close empty", areas: 1, inodeBefore: 2, inodeAfter: 2);

    [PeerCase("k20:mremap.grow_inplace")]
    public static void Growing_in_place_calls_nobody_and_the_new_page_is_the_drivers_or_memory()
    {
        using var rig = new Rig(new PageDriver(pages: 3));
        rig.MapDevice(0, 2);
        rig.Forget();
        Assert.Equal(Rig.At(0), rig.Remap(0, 2, 3));
        Assert.Equal(("0-3 rw-s", ""), (rig.Layout(), rig.Story()));
        rig.Process.Load<int>(Rig.At(2));
        Assert.Equal("nopage 2-3", rig.Story());

        using var silent = new Rig();
        silent.MapDevice(0, 2);
        silent.Remap(0, 2, 3);
        Assert.Equal(0, silent.Process.Load<int>(Rig.At(2)));
        Assert.False(silent.Entry(2).IsWritable);
    }

    [PeerCase("k20:mremap.move_part")]
    public static void Moving_the_tail_opens_the_new_area_and_trims_the_old_one() => Expect(
        MapThree + (rig => rig.MapMemory(3, 1)),
        rig => rig.Remap(2, 1, 2, MremapFlags.MayMove),
        "open new 0-2; unmap 2-3; open 0-2; close empty",
        areas: 3,
        inodeBefore: 2,
        inodeAfter: 3);

    /// <summary>An event leads to these calls, that many areas and these counts of the device's inode; the open file has one unit.</summary>
    private static void Expect(Action<Rig> before, Action<Rig> act, string story, int areas, int inodeBefore, int inodeAfter)
    {
        using var rig = new Rig();
        Inode inode = rig.Kernel.FindInode("/dev/test")!;
        before(rig);
        Assert.Equal(inodeBefore, inode.Count);
        rig.Forget();

        act(rig);

        Assert.Equal(story, rig.Story());
        Assert.Equal(areas, rig.Process.AddressSpace.Areas.Count);
        Assert.Equal(inodeAfter, inode.Count);
        Assert.Equal(inode.Count - 1, rig.Driver.UseCount);
    }

    private static Rig OpenRecording(List<VmArea> opened) => new(new TestDriver
    {
        OnOpen = (driver, area) =>
        {
            opened.Add(area);
            driver.IncrementUseCount();
        },
    });

    private static VmArea MapAndForget(Rig rig)
    {
        rig.MapDevice(0, 3);
        rig.Forget();
        return Assert.Single(rig.Process.AddressSpace.Areas);
    }

    /// <summary>What is left is the copy that was opened, and no count moved.</summary>
    private static void AssertReplaced(Rig rig, VmArea original, List<VmArea> opened, ulong offset)
    {
        VmArea left = Assert.Single(rig.Process.AddressSpace.Areas);
        Assert.NotSame(original, left);
        Assert.Same(Assert.Single(opened), left);
        Assert.Equal((offset, 2 * Peer.Page), (left.Offset, left.Length));
        Assert.Equal(original.Start, original.End);
        Assert.Equal((2, 1), (rig.Driver.Inode.Count, rig.Driver.UseCount));
    }

    private static (string Layout, string Story, Errno Error, int Inode, int Use) PunchWithoutMemory(KernelDefects defects)
    {
        using var rig = new Rig();
        rig.Machine.Defects = defects;
        rig.MapDevice(0, 3);
        rig.UseUpSmallBlocks();
        rig.Forget();
        var error = (Errno)(-rig.Process.SysMunmap(Rig.At(1), Peer.Page));
        return (rig.Layout(), rig.Story(), error, rig.Driver.Inode.Count, rig.Driver.UseCount);
    }
}
