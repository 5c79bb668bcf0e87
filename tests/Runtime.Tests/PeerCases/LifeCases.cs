using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>What becomes of mappings when files are closed and processes exit.</summary>
internal static class LifeCases
{
    [PeerCase("k20:exit.current_mm")]
    public static void When_close_runs_at_exit_the_process_has_no_address_space_of_its_own_any_more()
    {
        AddressSpace? ofCurrent = null;
        AddressSpace? ofArea = null;
        using var rig = new Rig(new TestDriver
        {
            OnClose = (driver, area) =>
            {
                (ofCurrent, ofArea) = (driver.Kernel.Current!.AddressSpace, area.AddressSpace);
                driver.DecrementUseCount();
            },
        });
        rig.MapDevice(0, 3);
        AddressSpace space = rig.Process.AddressSpace;

        rig.Process.Exit();

        Assert.Same(rig.Kernel.InitMm, ofCurrent);
        Assert.Same(space, ofArea);
    }

    [PeerCase("k20:exit.order_files")]
    public static void At_exit_areas_are_closed_before_files_are_released()
    {
        using Rig rig = Releasing(out List<string> order);
        rig.MapDevice(0, 3);

        rig.Process.Exit();

        Assert.Equal(["close", "release"], order);
    }

    [PeerCase("k20:close_then_unmap")]
    public static void A_file_is_released_with_its_descriptor_although_it_is_mapped()
    {
        using Rig rig = Releasing(out List<string> order);
        rig.MapDevice(0, 3);
        VmArea area = rig.Process.AddressSpace.FindArea(Rig.At(0))!;

        rig.Process.Close(rig.Fd);
        Assert.Equal(["release"], order);
        Assert.Equal(1, area.Inode!.Count);

        rig.Unmap(0, 3);
        Assert.Equal(["release", "close"], order);
        Assert.Equal(0, rig.Driver.Inode.Count);
    }

    private static Rig Releasing(out List<string> order)
    {
        List<string> events = [];
        order = events;
        return new Rig(new TestDriver
        {
            OnRelease = _ => events.Add("release"),
            OnClose = (driver, _) =>
            {
                events.Add("close");
                driver.DecrementUseCount();
            },
        });
    }
}
