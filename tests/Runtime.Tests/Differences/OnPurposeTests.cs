using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Differences;

/// <summary>Rows of the page of differences that are so on purpose and that no other test shows.</summary>
public sealed class OnPurposeTests
{
    [Difference("no-limits")]
    [Fact]
    public void A_stack_may_have_8_MiB_and_everything_else_all_there_is()
    {
        using var rig = new Rig();

        Assert.Equal(8ul << 20, rig.Process.Limits[Resource.Stack]);
        Assert.Equal(ulong.MaxValue, rig.Process.Limits[Resource.Data]);
        Assert.Equal(ulong.MaxValue, rig.Process.Limits[Resource.LockedMemory]);
    }

    [Difference("nopage-no-page")]
    [Fact]
    public void An_address_of_vmalloc_from_nopage_is_an_oops()
    {
        using var rig = new Rig(new TestDriver { OnNopage = (driver, _, _, _) => driver.Kernel.Vmalloc(Rig.Page) });
        rig.MapDevice(0, 1);

        SignalException killed = Assert.Throws<SignalException>(() => rig.Process.Load<byte>(Rig.At(0)));

        Assert.Equal("nopage", killed.Oops?.Callback);
    }

    [Difference("remap-beyond-user")]
    [Fact]
    public void Remapping_beyond_the_users_addresses_is_an_oops()
    {
        using var rig = new Rig(new TestDriver
        {
            OnMmap = (driver, _, area) =>
                driver.Kernel.RemapPageRange(new UserAddress(driver.Kernel.Profile.TaskSize - Rig.Page), driver.Kernel.HighMemory, 2 * Rig.Page, area.PageProtection),
        });

        Assert.Throws<SignalException>(() => rig.MapDevice(0, 1));

        Assert.Contains("remap_page_range", Assert.Single(rig.Kernel.Oopses).ToString(), StringComparison.Ordinal);
    }

    [Difference("getpage-reserved")]
    [Fact]
    public void The_count_of_a_reserved_page_stays()
    {
        using var rig = new Rig();
        KernelAddress page = rig.Kernel.GetFreePage();
        rig.Kernel.ReservePage(page);

        rig.Kernel.GetPage(page);

        Assert.Equal(1, rig.Kernel.MemMap[rig.Kernel.MapNr(page)].Count);
    }

    /// <summary>Only a whole table is shared, so the area spans one.</summary>
    [Difference("fork-shares-tables")]
    [Fact]
    public void After_fork_the_dirty_bit_of_one_shows_in_the_other_and_a_changed_entry_does_not()
    {
        using var rig = new Rig(new RemapDriver());
        rig.MapDeviceAt(rig.AddMmio(new RecordingMmio(), pages: 1024), 0, 1024);
        Process child = rig.Process.Fork();
        Assert.False(rig.Entry(0).IsDirty);

        child.Store<byte>(Rig.At(0), 1);
        Assert.True(rig.Entry(0).IsDirty);

        child.Mprotect(Rig.At(0), Rig.Page, Protection.Read);
        Assert.Equal((true, false), (rig.Entry(0).IsWritable, rig.Entry(0, child).IsWritable));
    }

    [Difference("dev-mem-page-0")]
    [Theory]
    [InlineData("i386")]
    [InlineData("sparc srmmu")]
    [InlineData("alpha")]
    public void The_first_page_of_memory_reads_as_zeros_on_every_architecture(string profile)
    {
        using Machine machine = Architectures.Boot(profile);
        Process process = machine.Kernel.Spawn();
        UserAddress at = process.Mmap((ulong)machine.Profile.PageSize, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);
        machine.PhysicalMemory.Write(new PhysicalAddress(8), 42);
        process.Store(at, -1);
        int fd = process.Open("/dev/mem", OpenFlags.ReadOnly);
        process.Lseek(fd, 8, SeekWhence.Start);

        process.Read(fd, at, 4);

        Assert.Equal(0, process.Load<int>(at));
    }

    [Difference("call-waits-for-itself")]
    [Fact]
    public void A_method_that_calls_into_the_address_space_it_works_for_is_an_oops()
    {
        Rig? rig = null;
        using Rig own = rig = new Rig(new TestDriver { OnMmap = (_, _, _) => (Errno)(-rig!.Process.SysMunmap(Rig.At(8), Rig.Page)) });

        SignalException killed = Assert.Throws<SignalException>(() => rig.MapDevice(0, 1));

        Assert.IsType<InvalidOperationException>(killed.Oops?.Exception);
        Assert.False(rig.Process.IsAlive);
    }

    [Difference("flag-numbers")]
    [Fact]
    public void A_driver_on_alpha_sees_the_open_flags_with_the_numbers_of_i386()
    {
        using Machine machine = Architectures.Boot("alpha");
        int flags = 0;
        var operations = new FileOperations { Open = (_, file) => (Errno)(0 * (flags = (int)file.Flags)) };
        machine.Kernel.Insert(new TransferDriver { OnRegister = _ => operations });

        machine.Kernel.Spawn().Open(TransferDriver.Path, OpenFlags.ReadWrite | OpenFlags.Append);

        Assert.Equal(0x402, flags);
    }

    [Difference("threads")]
    [Fact]
    public void Every_thread_that_runs_a_process_is_a_processor()
    {
        using var rig = new Rig();
        Process[] processes = [.. Enumerable.Range(0, 8).Select(_ => rig.Kernel.Spawn())];

        Parallel.ForEach(processes, process =>
        {
            for (int page = 0; page < 16; page++)
                process.Store(rig.MapMemory(page, 1, by: process), process.Pid);
        });

        Assert.All(processes, process => Assert.Equal(process.Pid, process.Load<int>(Rig.At(15))));
        rig.Machine.CheckInvariants();
    }
}
