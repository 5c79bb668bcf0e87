using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;
using static MmapAnalyzers.Schedules.Explorer;

namespace MmapAnalyzers.Schedules;

/// <summary>Processes on different threads share pages, an inode and a module: every count is right in the end, whoever comes first.</summary>
public sealed class CountTests
{
    [Fact]
    public void Two_processes_that_store_to_a_page_they_share_since_fork_each_have_their_own()
    {
        using var world = new World();
        Explore(() =>
        {
            Process parent = world.Kernel.Spawn();
            UserAddress at = World.Map(parent, 1);
            parent.Store(at, 1);
            Process child = parent.Fork();
            AtOnce(() => parent.Store(at, 2), () => child.Store(at, 3));
            Assert.Equal(2, parent.Load<int>(at));
            Assert.Equal(3, child.Load<int>(at));
            world.AssertAllReturned();
        });
    }

    [Fact]
    public void A_fork_beside_a_fault_on_the_shared_page_copies_it_once()
    {
        using var world = new World();
        Explore(() =>
        {
            Process parent = world.Kernel.Spawn();
            UserAddress at = World.Map(parent, 1);
            parent.Store(at, 1);
            Process child = parent.Fork();
            Process? other = null;
            AtOnce(() => other = parent.Fork(), () => child.Store(at, 2));
            Assert.Equal((1, 2, 1), (parent.Load<int>(at), child.Load<int>(at), other!.Load<int>(at)));
            world.AssertAllReturned();
        });
    }

    [Fact]
    public void Two_exits_give_back_a_shared_page_an_inode_and_a_module()
    {
        var driver = new CountedDriver();
        using var world = new World(driver);
        Explore(() =>
        {
            Process parent = world.Kernel.Spawn();
            UserAddress at = CountedDriver.Map(parent);
            parent.Store(at, 1);
            Process child = parent.Fork();
            Assert.Equal((2, 2, 3), (driver.UseCount, driver.InodeCount, driver.Page.Count));
            AtOnce(parent.Exit, child.Exit);
            Assert.Equal((0, 0, 1), (driver.UseCount, driver.InodeCount, driver.Page.Count));
            world.AssertAllReturned();
        });
    }

    [Fact]
    public void A_fault_a_fork_and_an_exit_on_a_devices_page_leave_its_count_right()
    {
        var driver = new CountedDriver();
        using var world = new World(driver);
        Explore(() =>
        {
            Process parent = world.Kernel.Spawn();
            UserAddress at = CountedDriver.Map(parent);
            Process child = parent.Fork();
            AtOnce(
                () => parent.Store(at, 1),
                () => child.Fork().Exit(),
                () => child.Parent?.Load<int>(at));
            world.AssertAllReturned();
            Assert.Equal((0, 0, 1), (driver.UseCount, driver.InodeCount, driver.Page.Count));
        });
    }

    [Fact]
    public void A_module_is_removed_before_its_device_is_mapped_or_not_at_all()
    {
        using var world = new World();
        Explore(() =>
        {
            var driver = new CountedDriver();
            Assert.Equal(Errno.None, world.Kernel.Insert(driver));
            Process process = world.Kernel.Spawn();
            Errno removed = Errno.None;
            bool mapped = false;
            AtOnce(
                () => removed = world.Kernel.Remove(driver),
                () => mapped = TryUse(process));
            Assert.Equal(mapped ? Errno.EBUSY : Errno.None, removed);
            process.Exit();
            if (mapped)
                Assert.Equal(Errno.None, world.Kernel.Remove(driver));
            world.AssertAllReturned();
        });
    }

    private static bool TryUse(Process process)
    {
        long fd = process.SysOpen(CountedDriver.Path, OpenFlags.ReadWrite);
        if (fd < 0)
            return false;
        process.Store(process.Mmap(World.Page, Protection.ReadWrite, MapFlags.Shared, (int)fd), 1);
        return true;
    }
}
