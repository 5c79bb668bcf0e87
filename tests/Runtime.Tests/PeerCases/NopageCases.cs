using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>What the core makes of the pages that <c>nopage</c> gives, or does not give.</summary>
internal static class NopageCases
{
    [PeerCase("k20:nopage.none")]
    public static void Without_the_method_a_page_is_memory()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 3);
        Assert.Equal((0, 0), (rig.Process.Load<int>(Rig.At(0)), rig.Process.Load<int>(Rig.At(1))));
        Assert.Equal(rig.Entry(0).Frame, rig.Entry(1).Frame);
        Assert.False(rig.Entry(0).IsWritable);
        int free = rig.Kernel.MemMap.FreeCount;

        rig.Process.Store(Rig.At(2), 42);

        Assert.Equal(free - 1, rig.Kernel.MemMap.FreeCount);
        Assert.NotEqual(rig.Entry(0).Frame, rig.Entry(2).Frame);
        Assert.Equal((42, 0), (rig.Process.Load<int>(Rig.At(2)), rig.Process.Load<int>(Rig.At(2) + 4)));
    }

    [PeerCase("k20:nopage.arg")]
    public static void A_copy_is_asked_for_by_a_private_write_only()
    {
        Assert.Equal("nopage 0-1", Touch(MapFlags.Shared, isWrite: false));
        Assert.Equal("nopage 0-1", Touch(MapFlags.Shared, isWrite: true));
        Assert.Equal("nopage 0-1", Touch(MapFlags.Private, isWrite: false));
        Assert.Equal("nopage no_share 0-1", Touch(MapFlags.Private, isWrite: true));
    }

    [PeerCase("k20:nopage.private_write")]
    public static void A_driver_that_gives_its_own_page_to_a_private_write_is_written_to()
    {
        var driver = new PageDriver(pages: 1);
        using var rig = new Rig(driver);
        rig.MapDevice(0, 1, sharing: MapFlags.Private);

        rig.Process.Store(Rig.At(0), 42);

        Assert.True(rig.Entry(0).IsWritable);
        Assert.Equal(driver.Pages[0], rig.Kernel.PtePage(rig.Entry(0)));
        Assert.Equal(42, rig.Kernel.Read<int>(driver.Pages[0]));
    }

    [PeerCase("k20:nopage.private_read_then_write")]
    public static void A_page_that_was_read_is_copied_for_a_write_unless_its_count_is_one()
    {
        Assert.Equal((false, 7, 1), ReadThenWrite(isCounted: true));
        Assert.Equal((true, 42, 1), ReadThenWrite(isCounted: false));
    }

    [PeerCase("k20:nopage.nocount")]
    public static void A_page_that_was_not_counted_is_freed_under_its_driver()
    {
        var driver = new PageDriver(pages: 1) { OnNopage = (driver, area, address, _) => ((PageDriver)driver).Uncounted(area, address) };
        using var rig = new Rig(driver);
        rig.Process.Load<int>(rig.MapDevice(0, 1));
        Assert.Equal(1, driver.PageAt(0).Count);

        rig.Unmap(0, 1);

        Assert.Equal(0, driver.PageAt(0).Count);
        Assert.Contains(driver.Pages[0], Enumerable.Range(0, rig.Kernel.MemMap.FreeCount).Select(_ => rig.Kernel.GetFreePage()));
    }

    [PeerCase("k20:nopage.doublecount")]
    public static void A_page_that_was_counted_twice_is_never_free_again()
    {
        var driver = new PageDriver(pages: 1)
        {
            OnNopage = (driver, area, address, _) =>
            {
                ((PageDriver)driver).Counted(area, address);
                return ((PageDriver)driver).Counted(area, address);
            },
        };
        using var rig = new Rig(driver);
        rig.Process.Load<int>(rig.MapDevice(0, 1));
        rig.Unmap(0, 1);
        Assert.Equal(2, driver.PageAt(0).Count);
        int free = rig.Kernel.MemMap.FreeCount;

        driver.FreePages();

        Assert.Equal(1, driver.PageAt(0).Count);
        Assert.Equal(free, rig.Kernel.MemMap.FreeCount);
    }

    [PeerCase("k20:mcl_future")]
    public static void While_the_future_is_locked_the_method_runs_inside_mmap()
    {
        using var rig = new Rig(new PageDriver(pages: 2));
        rig.Process.Mlockall(MlockallFlags.Future);

        rig.MapDevice(0, 2);

        Assert.Equal("mmap 0-2; nopage 0-1; nopage 1-2", rig.Story());
        Assert.True(rig.Entry(1).IsPresent);
    }

    [PeerCase("k20:swap.detach")]
    public static void A_dirty_page_goes_to_swap_and_what_comes_back_is_not_the_devices()
    {
        var driver = new PageDriver(pages: 1);
        using var rig = new Rig(driver);
        rig.Kernel.AddSwap(pages: 4);
        rig.Process.Store(rig.MapDevice(0, 1), 42);

        rig.Kernel.FreePagesByStealing(1);
        Assert.Equal("swap 0:0001", rig.Entry(0).ToString());
        rig.Kernel.Write(driver.Pages[0], 43);
        rig.Forget();

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
        Assert.Empty(rig.Story());
        rig.Process.Store(Rig.At(0), 44);
        Assert.Equal(43, rig.Kernel.Read<int>(driver.Pages[0]));
    }

    private static string Touch(MapFlags sharing, bool isWrite)
    {
        using var rig = new Rig(new PageDriver(pages: 1));
        rig.MapDevice(0, 1, sharing: sharing);
        rig.Forget();
        if (isWrite)
            rig.Process.Store(Rig.At(0), 42);
        else
            rig.Process.Load<int>(Rig.At(0));
        return rig.Story();
    }

    /// <summary>Whether the process ends up with the page of the device, what that holds, and its count.</summary>
    private static (bool IsSame, int Device, int Count) ReadThenWrite(bool isCounted)
    {
        var driver = new PageDriver(pages: 1)
        {
            OnNopage = (driver, area, address, _) =>
                isCounted ? ((PageDriver)driver).Counted(area, address) : ((PageDriver)driver).Uncounted(area, address),
        };
        using var rig = new Rig(driver);
        rig.MapDevice(0, 1, sharing: MapFlags.Private);
        rig.Kernel.Write(driver.Pages[0], 7);
        Assert.Equal(7, rig.Process.Load<int>(Rig.At(0)));
        Assert.False(rig.Entry(0).IsWritable);

        rig.Process.Store(Rig.At(0), 42);

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
        bool isSame = rig.Kernel.PtePage(rig.Entry(0)) == driver.Pages[0];
        return (isSame, rig.Kernel.Read<int>(driver.Pages[0]), driver.PageAt(0).Count);
    }
}
