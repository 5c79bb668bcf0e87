using CsCheck;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;
using SeedDrivers;

namespace MmapAnalyzers.Runtime.Tests.Seeds;

/// <summary>Listing 1: whatever becomes of a mapping, the module counts one use for each area and can be removed when the last one is gone.</summary>
public abstract class SimpleRemapTests : IDisposable
{
    private const int Pages = 8;

    private readonly Machine _machine;
    private readonly SimpleRemapModule _module = new();
    private readonly PhysicalAddress _device;

    protected SimpleRemapTests(MachineProfile profile)
    {
        _machine = new Machine(profile, memorySize: 4 << 20);
        _device = _machine.AddMmio(Pages * Page, new RecordingMmio());
        Assert.Equal(Errno.None, Kernel.Insert(_module));
    }

    private LinuxKernel Kernel => _machine.Kernel;

    private ulong Page => (ulong)_machine.Profile.PageSize;

    public void Dispose()
    {
        _machine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void The_process_sees_the_device()
    {
        (Process process, _, UserAddress at) = OpenAndMap();

        Assert.Equal(0x5A5A5A5Au, process.Load<uint>(at + (7 * Page)));
    }

    [Fact]
    public void A_mapping_counts_once_and_keeps_the_module_loaded()
    {
        (Process process, int fd, UserAddress at) = OpenAndMap();
        process.Close(fd);

        Assert.Equal(1, _module.UseCount);
        Assert.Equal(Errno.EBUSY, Kernel.Remove<SimpleRemapModule>());

        process.Munmap(at, Pages * Page);
        Assert.Equal(0, _module.UseCount);
        Assert.Equal(Errno.None, Kernel.Remove<SimpleRemapModule>());
    }

    [Theory]
    [InlineData(0, 2, 1)]       // head
    [InlineData(6, 2, 1)]       // tail
    [InlineData(3, 2, 2)]       // middle
    [InlineData(0, 8, 0)]       // whole
    public void Each_piece_that_is_left_counts_once(int from, int pages, int pieces)
    {
        (Process process, _, UserAddress at) = OpenAndMap();

        process.Munmap(at + ((ulong)from * Page), (ulong)pages * Page);

        Assert.Equal(pieces, _module.UseCount);
    }

    [Fact]
    public void A_child_counts_for_itself_and_the_parent_may_exit_first()
    {
        (Process parent, _, UserAddress at) = OpenAndMap();
        Process child = parent.Fork();
        Assert.Equal(2, _module.UseCount);

        parent.Exit();
        Assert.Equal(1, _module.UseCount);
        Assert.Equal(0x5A, child.Load<byte>(at));

        child.Exit();
        Assert.Equal(0, _module.UseCount);
    }

    [Fact]
    public void Ordinary_memory_is_not_mapped_and_no_error_is_given()
    {
        Process process = Kernel.Spawn();
        int fd = process.Open("/dev/simple", OpenFlags.ReadWrite);
        KernelAddress page = Kernel.GetFreePage();
        Kernel.Write(page, 42);

        UserAddress at = process.Mmap(Page, Protection.Read, MapFlags.Shared, fd, page.Value);

        Assert.Equal(0, process.Load<int>(at));
    }

    /// <summary>Any order of fork, partial unmap, close and exit by any process keeps both counts equal to what is mapped and open.</summary>
    [Fact]
    public void Counts_survive_every_order_of_events() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 5], Gen.Int[0, Pages - 1], Gen.Int[1, Pages]).Array[1, 30].Sample(
            steps =>
            {
                using SimpleRemapTests life = Another();
                life.Live(steps);
            },
            iter: 200);

    /// <summary>The same tests on another machine of the same kind.</summary>
    protected abstract SimpleRemapTests Another();

    private void Live((int Event, int Who, int Page, int Pages)[] steps)
    {
        (Process first, int fd, UserAddress at) = OpenAndMap();
        Inode inode = Kernel.FindInode("/dev/simple")!;
        List<Being> alive = [new Being(first)];
        foreach ((int what, int who, int page, int pages) in steps)
        {
            if (alive.Count == 0)
                break;
            Being being = alive[who % alive.Count];
            switch (what)
            {
                case 0 or 1 when alive.Count < 6:
                    alive.Add(being with { Process = being.Process.Fork(), Mapped = [.. being.Mapped] });
                    break;
                case 2 when being.HasFile:
                    being.Process.Close(fd);
                    being.HasFile = false;
                    break;
                case 3:
                    being.Process.Exit();
                    alive.Remove(being);
                    break;
                default:
                    int end = Math.Min(page + pages, Pages);
                    being.Process.Munmap(at + ((ulong)page * Page), (ulong)(end - page) * Page);
                    Array.Fill(being.Mapped, false, page, end - page);
                    break;
            }

            int areas = alive.Sum(one => one.Areas);
            Assert.Equal(areas, _module.UseCount);
            Assert.Equal(areas + (alive.Any(one => one.HasFile) ? 1 : 0), inode.Count);
            if (areas > 0)
                Assert.Equal(Errno.EBUSY, Kernel.Remove<SimpleRemapModule>());
        }

        alive.ForEach(one => one.Process.Exit());
        Assert.Equal(0, _module.UseCount);
        Assert.Equal(0, inode.Count);
        Assert.Equal(Errno.None, Kernel.Remove<SimpleRemapModule>());
        Assert.Empty(_machine.Violations);
    }

    private (Process Process, int Fd, UserAddress At) OpenAndMap()
    {
        Process process = Kernel.Spawn();
        int fd = process.Open("/dev/simple", OpenFlags.ReadWrite);
        return (process, fd, process.Mmap(Pages * Page, Protection.ReadWrite, MapFlags.Shared, fd, Kernel.PhysToVirt(_device).Value));
    }

    /// <summary>A process and which pages of the device it still has mapped.</summary>
    private sealed record Being(Process Process)
    {
        public bool[] Mapped { get; init; } = [.. Enumerable.Repeat(true, Pages)];
        public bool HasFile { get; set; } = true;
        public int Areas => Mapped.Where((mapped, i) => mapped && (i == 0 || !Mapped[i - 1])).Count();
    }
}

public sealed class SimpleRemapOnI386() : SimpleRemapTests(MachineProfile.I386)
{
    protected override SimpleRemapTests Another() => new SimpleRemapOnI386();
}

public sealed class SimpleRemapOnSparcSrmmu() : SimpleRemapTests(MachineProfile.SparcSrmmu)
{
    protected override SimpleRemapTests Another() => new SimpleRemapOnSparcSrmmu();
}

public sealed class SimpleRemapOnSparcSun4c() : SimpleRemapTests(MachineProfile.SparcSun4c)
{
    protected override SimpleRemapTests Another() => new SimpleRemapOnSparcSun4c();
}

public sealed class SimpleRemapOnAlpha() : SimpleRemapTests(MachineProfile.Alpha)
{
    protected override SimpleRemapTests Another() => new SimpleRemapOnAlpha();
}
