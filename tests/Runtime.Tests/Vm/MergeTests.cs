using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Which neighbours become one area.</summary>
public sealed class MergeTests
{
    [Fact]
    public void Anonymous_memory_merges()
    {
        using var rig = new Rig();

        rig.MapMemory(0, 1);
        rig.MapMemory(2, 1);
        rig.MapMemory(1, 1);

        Assert.Equal(3 * Rig.Page, Assert.Single(rig.Process.AddressSpace.Areas).Length);
    }

    [Fact]
    public void Other_rights_do_not_merge()
    {
        using var rig = new Rig();

        rig.MapMemory(0, 1);
        rig.MapMemory(1, 1, Protection.Read);

        Assert.Equal(2, rig.Process.AddressSpace.Areas.Count);
    }

    [Fact]
    public void Two_devices_do_not_merge()
    {
        using var rig = new Rig();
        Assert.Equal(Errno.None, rig.Kernel.Insert(new TestDriver { Device = "other", Major = 43 }));
        int other = rig.Process.Open("/dev/other", OpenFlags.ReadWrite);

        rig.MapDevice(0, 1);
        rig.Process.Mmap(Rig.Page, Protection.ReadWrite, MapFlags.Shared | MapFlags.Fixed, other, Rig.Page, Rig.At(1));

        Assert.Equal(2, rig.Process.AddressSpace.Areas.Count);
    }

    [Fact]
    public void Areas_of_a_driver_that_sets_no_inode_merge_whatever_their_offsets_are()
    {
        using var rig = new Rig(new TestDriver
        {
            OnMmap = (driver, _, area) =>
            {
                area.Operations = driver.Operations;
                driver.IncrementUseCount();
                return Errno.None;
            },
        });

        rig.MapDevice(0, 1, offset: 5);
        rig.MapDevice(1, 1, offset: 9);

        Assert.Equal("mmap 0-1; mmap 1-2; close empty", rig.Story());
        Assert.Equal(1, rig.Driver.UseCount);
    }

    [Fact]
    public void An_area_that_a_driver_gives_neither_inode_nor_operations_merges_with_anonymous_memory()
    {
        using var rig = new Rig(new TestDriver { OnMmap = (_, _, _) => Errno.None });

        rig.MapMemory(0, 1);
        rig.MapDevice(1, 1, sharing: MapFlags.Private);

        Assert.Single(rig.Process.AddressSpace.Areas);
    }

    [Fact]
    public void Growing_in_place_up_to_a_neighbour_that_goes_on_does_not_merge()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 1);
        rig.MapDevice(2, 1, offset: 2);

        rig.Remap(0, 1, 2);

        Assert.Equal(2, rig.Process.AddressSpace.Areas.Count);
        Assert.Equal(2, rig.Driver.UseCount);
    }
}
