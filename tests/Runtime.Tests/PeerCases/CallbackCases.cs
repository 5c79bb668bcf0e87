using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Which methods of a device run at which event, in which order, and what becomes of the counts.</summary>
internal static class CallbackCases
{
    internal static readonly Action<Rig> MapThree = rig => rig.MapDevice(0, 3);

    [PeerCase("k20:mmap.first")]
    public static void The_first_mapping_calls_the_method_of_the_file_only_and_the_driver_counts_for_itself()
    {
        Expect(_ => { }, MapThree, "mmap 0-3", areas: 1, inodeBefore: 1, inodeAfter: 2);

        using var rig = new Rig(new TestDriver { OnMmap = (_, _, _) => Errno.None });
        rig.MapDevice(0, 3);
        Assert.Equal((1, 0), (rig.Driver.Inode.Count, rig.Driver.UseCount));
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
    internal static void Expect(Action<Rig> before, Action<Rig> act, string story, int areas, int inodeBefore, int inodeAfter)
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
}
