using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;
using static MmapAnalyzers.Schedules.Explorer;

namespace MmapAnalyzers.Schedules;

/// <summary>Two processes in one address space on two threads: what one takes away, the other cannot store to any more, and no store is lost.</summary>
public sealed class SharedSpaceTests
{
    private const string File = "/file";

    /// <summary>So many pages that those of a process that ends, tables and all, are among them.</summary>
    private const int Reused = 5;

    [Fact]
    public void A_store_does_not_reach_a_page_that_was_unmapped_and_is_somebody_elses_by_now()
    {
        using var world = new World();
        Explore(() =>
        {
            (Process first, Process second, UserAddress at) = SpawnPair(world);
            Process stranger = world.Kernel.Spawn();
            UserAddress strangers = World.Map(stranger, 1);
            AtOnce(
                () =>
                {
                    first.Munmap(at, World.Page);
                    stranger.Store(strangers, 3);
                },
                () => StoreOften(second, at));
            Assert.Equal(3, stranger.Load<int>(strangers));
            world.AssertAllReturned();
        });
    }

    [Fact]
    public void A_store_does_not_reach_a_page_of_a_process_that_another_thread_has_ended()
    {
        using var world = new World();
        Explore(() =>
        {
            (Process first, Process second, UserAddress at) = SpawnPair(world);
            first.Exit();
            Process stranger = world.Kernel.Spawn();
            UserAddress strangers = World.Map(stranger, Reused);
            AtOnce(
                () =>
                {
                    second.Exit();
                    for (ulong page = 0; page < Reused; page++)
                        stranger.Store(strangers + (page * World.Page), 3);
                },
                () => StoreOften(second, at));
            for (ulong page = 0; page < Reused; page++)
                Assert.Equal(3, stranger.Load<int>(strangers + (page * World.Page)));
            world.AssertAllReturned();
        }, schedules: 150);
    }

    [Fact]
    public void A_store_made_while_its_page_is_stolen_is_not_lost()
    {
        using var world = new World(swapPages: 8);
        Explore(() =>
        {
            (Process first, Process second, UserAddress at) = SpawnPair(world);
            AtOnce(
                () => world.Kernel.FreePagesByStealing(1),
                () => second.Store(at, 2));
            Assert.Equal(2, first.Load<int>(at));
            world.AssertAllReturned();
        });
    }

    [Fact]
    public void A_store_made_while_its_page_is_written_back_reaches_the_file()
    {
        using var world = new World();
        world.Kernel.CreateFile(File, new byte[World.Page]);
        Explore(() =>
        {
            Process first = world.Kernel.Spawn();
            int fd = first.Open(File, OpenFlags.ReadWrite);
            UserAddress at = first.Mmap(World.Page, Protection.ReadWrite, MapFlags.Shared, fd);
            Process second = first.Clone(CloneFlags.Vm);
            second.Store(at, 1);
            AtOnce(
                () => first.Msync(at, World.Page, MsyncFlags.Sync),
                () => second.Store(at, 2));
            first.Munmap(at, World.Page);
            Assert.Equal(2, world.Kernel.ReadDisk(File)[0]);
            second.Exit();
            first.Truncate(File, 0);
            first.Truncate(File, World.Page);
            world.AssertAllReturned();
        });
    }

    [Fact]
    public void A_store_made_while_the_page_moves_is_not_lost()
    {
        using var world = new World();
        Explore(() =>
        {
            (Process first, Process second, UserAddress at) = SpawnPair(world);
            bool stored = false;
            UserAddress moved = default;
            AtOnce(
                () => moved = first.Mremap(at, World.Page, 4 * World.Page, MremapFlags.MayMove),
                () => stored = World.TryStore(second, at, 2));
            Assert.Equal(stored ? 2 : 1, first.Load<int>(moved));
            world.AssertAllReturned();
        });
    }

    [Fact]
    public void A_child_has_a_store_made_during_fork_from_then_on_or_never()
    {
        using var world = new World();
        Explore(() =>
        {
            (Process first, Process second, UserAddress at) = SpawnPair(world);
            Process? child = null;
            int early = 0;
            AtOnce(
                () =>
                {
                    child = first.Fork();
                    early = child.Load<int>(at);
                },
                () => second.Store(at, 2));
            Assert.InRange(early, 1, 2);
            Assert.Equal(early, child!.Load<int>(at));
            Assert.Equal(2, first.Load<int>(at));
            world.AssertAllReturned();
        });
    }

    private static void StoreOften(Process process, UserAddress at)
    {
        for (int i = 0; i < 50 && World.TryStore(process, at, 2); i++)
        {
        }
    }

    /// <summary>Two processes in one address space with a page in it that holds 1 and both have stored to.</summary>
    private static (Process First, Process Second, UserAddress At) SpawnPair(World world)
    {
        Process first = world.Kernel.Spawn();
        Process second = first.Clone(CloneFlags.Vm);
        UserAddress at = World.Map(first, 1);
        World.Map(first, 1);
        first.Store(at, 1);
        second.Store(at, 1);
        return (first, second, at);
    }
}
