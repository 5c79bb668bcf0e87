using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>What processes and drivers see when there is no memory left.</summary>
public sealed class ExhaustionTests
{
    [Fact]
    public void A_fault_kills_the_process_and_the_others_go_on_with_what_it_gives_back()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 2);
        rig.Process.Store(Rig.At(0), 1);
        Process other = rig.Kernel.Spawn();
        rig.MapMemory(0, 1, by: other);
        rig.UseUpMemory();

        Assert.Equal(Signal.SIGKILL, Assert.Throws<SignalException>(() => rig.Process.Store(Rig.At(1), 1)).Signal);

        Assert.False(rig.Process.IsAlive);
        other.Store(Rig.At(0), 42);
        Assert.Equal(42, other.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void Fork_is_ENOMEM_and_leaves_all_counts_as_they_were()
    {
        var driver = new PageDriver(pages: 2);
        using var rig = new Rig(driver);
        rig.Process.Store(rig.MapDevice(0, 2), 42);
        rig.UseUpMemory();

        Assert.Equal(Errno.ENOMEM, Assert.Throws<KernelException>(() => rig.Process.Fork()).Error);

        Assert.Equal(1, driver.UseCount);
        Assert.Equal(2, driver.PageAt(0).Count);
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void Fork_that_fails_half_way_leaves_all_counts_as_they_were()
    {
        var driver = new PageDriver(pages: 2);
        using var rig = new Rig(driver);
        rig.Process.Store(rig.MapDevice(0, 2), 42);
        rig.Process.Store(rig.MapDevice(64 * 1024, 2), 43);         // behind another table
        KernelAddress spare = rig.Kernel.GetFreePage();
        KernelAddress another = rig.Kernel.GetFreePage();
        rig.UseUpMemory();
        rig.Kernel.FreePage(spare);                                 // for the directory
        rig.Kernel.FreePage(another);                               // for the first table
        int inodeCount = driver.Inode.Count;

        Assert.Equal(Errno.ENOMEM, Assert.Throws<KernelException>(() => rig.Process.Fork()).Error);

        Assert.Equal(2, driver.UseCount);
        Assert.Equal(inodeCount, driver.Inode.Count);
        Assert.Equal(3, driver.PageAt(0).Count);
        Assert.Equal(43, rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void A_move_that_finds_no_memory_for_tables_is_ENOMEM_and_leaves_the_mapping_where_it_was()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 1024);                                     // a whole table's worth
        rig.Process.Store(Rig.At(1), 42);
        rig.UseUpMemory();

        Assert.Equal(Errno.ENOMEM, Assert.Throws<KernelException>(() => rig.Remap(0, 2, 2048, MremapFlags.MayMove)).Error);

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(1)));
        Assert.Single(rig.Process.AddressSpace.Areas);
    }

    [Fact]
    public void A_driver_without_a_page_to_give_earns_SIGBUS()
    {
        using var rig = new Rig(new TestDriver { OnNopage = (driver, _, _, _) => driver.Kernel.GetFreePage() });
        rig.MapDevice(0, 2);
        rig.Process.Load<byte>(Rig.At(0));
        rig.UseUpMemory();

        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => rig.Process.Load<byte>(Rig.At(1))).Signal);
    }
}
