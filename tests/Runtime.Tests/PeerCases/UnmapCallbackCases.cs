using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Which methods of a device run when a part of its mapping is unmapped, and which object is left.</summary>
internal static class UnmapCallbackCases
{
    [PeerCase("k20:munmap.head")]
    public static void Unmapping_the_head_opens_a_copy_of_the_rest_and_closes_the_original()
    {
        List<VmArea> opened = [];
        using Rig rig = OpenRecording(opened);
        VmArea original = MapAndForget(rig);

        rig.Unmap(0, 1);

        Assert.Equal("unmap 0-1; open 1-3; close empty", rig.Story());
        AssertReplaced(rig, original, opened, offset: Peer.Page);
        AssertZapped(page: 0);
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
        AssertZapped(page: 2);
    }

    [PeerCase("k20:munmap.middle")]
    public static void Unmapping_the_middle_opens_the_end_then_the_start_and_closes_the_original()
    {
        const string Story = "unmap 1-2; open 2-3; open 0-1; close empty";
        CallbackCases.Expect(CallbackCases.MapThree, rig => rig.Unmap(1, 1), Story, areas: 2, inodeBefore: 2, inodeAfter: 3);
        AssertZapped(page: 1);
    }

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

    /// <summary>When one page of three is unmapped, it is there while <c>unmap</c> runs and gone when <c>open</c> does.</summary>
    private static void AssertZapped(int page)
    {
        List<int> atUnmap = [];
        List<int> atOpen = [];
        var driver = new PageDriver(pages: 3)
        {
            OnUnmap = (driver, _, _, _) => atUnmap.Add(((PageDriver)driver).PageAt(page).Count),
            OnOpen = (driver, _) =>
            {
                atOpen.Add(((PageDriver)driver).PageAt(page).Count);
                driver.IncrementUseCount();
            },
        };
        using var rig = new Rig(driver);
        rig.MapDevice(0, 3);
        rig.Process.Load<int>(Rig.At(page));

        rig.Unmap(page, 1);

        Assert.Equal([2], atUnmap);
        Assert.NotEmpty(atOpen);
        Assert.All(atOpen, count => Assert.Equal(1, count));
    }
}
