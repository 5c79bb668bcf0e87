using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Kernel;

/// <summary>Processes of one machine on different threads.</summary>
public sealed class ThreadTests : IDisposable
{
    private const int Walkers = 4;
    private const int Steps = 800;
    private const int SwapPages = 400;

    private readonly Rig _rig = new(new PageDriver(pages: 1));

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Processes_do_not_touch_each_others_memory_and_give_everything_back(int seed) =>
        Walk(seed, Enumerable.Range(0, Walkers).Select(_ => _rig.Process.Fork()));

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Processes_in_one_address_space_do_not_lose_each_others_stores(int seed) =>
        Walk(seed, Enumerable.Range(0, Walkers).Select(_ => _rig.Process.Clone(CloneFlags.Vm)));

    [Fact]
    public void A_process_that_another_thread_ends_stores_to_no_page_that_is_given_to_somebody_else()
    {
        UserAddress own = _rig.MapMemory(0, 1);
        for (int round = 0; round < 60; round++)
        {
            Process victim = _rig.Kernel.Spawn();
            UserAddress at = victim.Mmap(Rig.Page, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);
            victim.Store(at, 1);
            Crew.Run(
                () => Assert.Throws<InvalidOperationException>(() => StoreForEver(victim, at)),
                () => ExitAndReuse(victim, own));
        }
    }

    [Fact]
    public void Shutting_the_machine_down_ends_processes_on_every_thread()
    {
        Process[] processes = [.. Enumerable.Range(0, 3).Select(_ => _rig.Process.Fork())];
        UserAddress[] pages = [.. processes.Select(process => _rig.MapMemory(0, 1, by: process))];

        Crew.Run([
            .. processes.Select((process, i) => (Action)(() => Assert.Throws<InvalidOperationException>(() => StoreForEver(process, pages[i])))),
            () => Assert.Empty(_rig.Machine.Shutdown()),
        ]);

        Assert.Empty(_rig.Kernel.Processes);
    }

    [Fact]
    public void The_current_process_is_that_of_the_asking_threads_own_call()
    {
        Process? inCall = null;
        Process? outside = _rig.Process;
        using var rig = new Rig(new TestDriver
        {
            OnMmap = (driver, inode, area) =>
            {
                inCall = driver.Kernel.Current;
                Task.Run(() => outside = driver.Kernel.Current);
                Thread.Sleep(20);
                return driver.CountedMmap(inode, area);
            },
        });

        rig.MapDevice(0, 1);

        Assert.Same(rig.Process, inCall);
        Assert.True(SpinWait.SpinUntil(() => outside is null, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_signal_for_a_page_that_could_not_be_put_away_goes_to_the_process_whose_turn_it_was()
    {
        using var rig = new Rig(new PageDriver(pages: 1) { OnSwapout = (_, _, _, _) => Errno.EIO });
        Process other = rig.Process.Clone(CloneFlags.Vm);
        rig.Process.Store(rig.MapDevice(0, 1), 1);

        // On the first one's turn the page counts as used, so it is taken on the other's.
        rig.Kernel.FreePagesByStealing(1);

        Assert.Equal(0, rig.Process.SysMunlock(default, 0));
        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => other.SysMunlock(default, 0)).Signal);
    }

    /// <summary>Lets every process walk on a thread of its own, and has everything given back afterwards.</summary>
    private void Walk(int seed, IEnumerable<Process> processes)
    {
        var driver = (PageDriver)_rig.Driver;
        _rig.Kernel.AddSwap(SwapPages);
        int segment = _rig.Process.Shmget(0, Rig.Page, (ShmFlags)0x1B6);
        Walker[] walkers = [.. processes.Select((process, index) => new Walker(_rig, process, segment, index, Walkers, seed * 100))];

        Crew.Run([.. walkers.Select(walker => (Action)(() => walker.Walk(Steps)))]);

        _rig.Process.Shmctl(segment, ShmCommand.Remove);
        _rig.EndProcesses();
        Assert.Equal((0, 1, 0), (driver.UseCount, driver.PageAt(0).Count, driver.Inode.Count));
        Assert.Equal(SwapPages, _rig.Kernel.SwapFree);
        Assert.Empty(_rig.Kernel.Oopses);
        Assert.Empty(_rig.Machine.Shutdown());
    }

    private static void StoreForEver(Process process, UserAddress at)
    {
        for (int value = 1; ; value++)
            process.Store(at, value | int.MinValue);
    }

    private void ExitAndReuse(Process victim, UserAddress own)
    {
        Thread.SpinWait(100);
        victim.Exit();
        _rig.Unmap(0, 1);
        _rig.MapMemory(0, 1);
        for (int i = 0; i < 100; i++)
        {
            _rig.Process.Store(own, i);
            Assert.Equal(i, _rig.Process.Load<int>(own));
        }
    }
}
