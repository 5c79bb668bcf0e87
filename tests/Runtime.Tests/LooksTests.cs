using System.Reflection;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Differences;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests;

/// <summary>What objects look like in a debugger and in messages: one line, as the kernel's listings have it.</summary>
public sealed class LooksTests
{
    public static TheoryData<Type> Types =>
    [
        typeof(VmArea), typeof(PageTableEntry), typeof(PageDirectoryEntry), typeof(PageMiddleDirectoryEntry), typeof(Page), typeof(Process),
        typeof(Inode), typeof(OpenFile), typeof(KernelModule), typeof(SharedSegment), typeof(Machine), typeof(Violation), typeof(Oops),
    ];

    [Theory, MemberData(nameof(Types))]
    public void A_debugger_shows_the_text_of_the_object(Type type) =>
        Assert.Equal("{ToString(),nq}", type.GetCustomAttribute<System.Diagnostics.DebuggerDisplayAttribute>()?.Value);

    [Difference("maps-line")]
    [Theory]
    [InlineData("i386", "50000000-50002000 rw-s 00001000 2a:00 4 /dev/test")]
    [InlineData("i386 enterprise", "50000000-50002000 rw-s 00001000 2a:00 4 /dev/test")]
    [InlineData("sparc srmmu", "50000000-50002000 rw-s 00001000 2a:00 4 /dev/test")]
    [InlineData("sparc sun4c", "50000000-50002000 rw-s 00001000 2a:00 4 /dev/test")]
    [InlineData("alpha", "0000000050000000-0000000050004000 rw-s 0000000000002000 2a:00 4 /dev/test")]
    public void An_area_is_a_line_of_the_maps_with_addresses_as_wide_as_the_machines(string profile, string line)
    {
        using Machine machine = Architectures.Boot(profile);
        machine.Kernel.Insert(new TestDriver());
        Process process = machine.Kernel.Spawn();
        ulong page = (ulong)machine.Profile.PageSize;

        process.Mmap(2 * page, Protection.ReadWrite, MapFlags.Shared | MapFlags.Fixed, process.Open("/dev/test", OpenFlags.ReadWrite), page, new UserAddress(0x5000_0000));

        Assert.Equal(line, Assert.Single(process.AddressSpace.Areas).ToString());
        Assert.Equal(line + "\n", process.Maps);
    }

    [Fact]
    public void An_area_without_object_ends_with_device_and_inode_zero()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1, Protection.Read | Protection.Exec);

        Assert.Equal("40000000-40001000 r-xp 00000000 00:00 0\n", rig.Process.Maps);
    }

    [Theory]
    [InlineData("i386", "00106000 present rw user accessed dirty")]
    [InlineData("sparc srmmu", "00105000 present rw user accessed dirty")]
    [InlineData("sparc sun4c", "00106000 present rw user accessed dirty")]
    [InlineData("alpha", "000000000010c000 present rw user accessed dirty")]
    public void A_table_entry_is_a_frame_and_its_flags_in_words(string profile, string text)
    {
        using Machine machine = Architectures.Boot(profile);
        Process process = machine.Kernel.Spawn();
        UserAddress at = process.Mmap((ulong)machine.Profile.PageSize, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);
        Assert.Equal("none", Rig.Entry(machine.Kernel, machine.Kernel.Spawn(), at).ToString());

        process.Store(at, 42);

        Assert.Equal(text, Rig.Entry(machine.Kernel, process, at).ToString());
    }

    [Theory]
    [InlineData("i386")]
    [InlineData("sparc srmmu")]
    [InlineData("sparc sun4c")]
    [InlineData("alpha")]
    public void A_swap_entry_is_a_device_and_a_slot(string profile)
    {
        using Machine machine = Architectures.Boot(profile);
        machine.Kernel.AddSwap(4);
        Process process = machine.Kernel.Spawn();
        UserAddress at = process.Mmap((ulong)machine.Profile.PageSize, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);
        process.Store(at, 42);

        machine.Kernel.FreePagesByStealing(1);

        Assert.Equal("swap 0:0001", Rig.Entry(machine.Kernel, process, at).ToString());
        Assert.Equal("swap own:0007", machine.Kernel.MakeSwapNote(7).ToString());
    }

    [Fact]
    public void The_entries_of_the_upper_levels_are_a_place_and_bits()
    {
        using Machine machine = Architectures.Boot("i386");
        Process process = machine.Kernel.Spawn();
        process.Store(process.Mmap(4096, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous, address: new UserAddress(0x5000_0000)), 42);

        PageDirectoryEntry pgd = machine.Kernel.PgdOffset(process.AddressSpace, 0x5000_0000);

        Assert.Equal("00102500: 00104067", pgd.ToString());
        Assert.Equal("00102500: 00104067", machine.Kernel.PmdOffset(pgd, 0x5000_0000).ToString());
    }

    [Fact]
    public void A_page_is_a_number_and_a_count_and_says_when_it_is_reserved_or_free()
    {
        using Machine machine = Architectures.Boot("i386");
        Page page = machine.Kernel.MemMap[machine.Kernel.MapNr(machine.Kernel.GetFreePage())];
        Assert.Equal("page 00101 count 1", page.ToString());
        page.Get();
        Assert.Equal("page 00101 count 2", page.ToString());
        page.Put();
        page.Put();

        Assert.Equal("page 00101 count 0 free", page.ToString());
        Assert.Equal("page 00000 count 0 reserved", machine.Kernel.MemMap[0].ToString());
    }

    [Fact]
    public void A_process_is_a_number_and_its_sizes()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 3);
        rig.Process.Store(Rig.At(0), 42);
        Assert.Equal("pid 1 1 areas, 3 pages, rss 1", rig.Process.ToString());

        rig.Process.Exit();

        Assert.Equal("pid 1 exited", rig.Process.ToString());
    }

    [Fact]
    public void An_inode_is_a_path_a_device_or_a_size_and_a_count()
    {
        using var rig = new FileRig(5000);
        rig.Open();

        Assert.Equal("/file 5000 bytes i_count 1", rig.Inode.ToString());
        Assert.Equal("/dev/mem 01:01 i_count 0", rig.Kernel.FindInode("/dev/mem")!.ToString());
    }

    [Fact]
    public void A_file_is_a_path_a_mode_and_a_count()
    {
        using var rig = new FileRig(0);
        string text = "";
        int fd = TransferDriver.Open(rig, _ => new FileOperations { Ioctl = (_, file, _, _) => (text = file.ToString()).Length }, OpenFlags.ReadWrite | OpenFlags.Append);

        rig.Process.Ioctl(fd, 1, 0);

        Assert.Equal("/dev/transfer ReadWrite, Append f_count 1", text);
    }

    [Fact]
    public void A_module_is_a_name_and_a_use_count()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 1);
        Assert.Equal("test 1", rig.Driver.ToString());

        rig.Process.Exit();
        rig.Kernel.Remove(rig.Driver);

        Assert.Equal("test not inserted", rig.Driver.ToString());
    }

    [Fact]
    public void A_segment_is_a_key_a_number_and_its_state()
    {
        using var rig = new Rig();
        int id = rig.Process.Shmget(0x1234, 5000, ShmFlags.Create | ShmFlags.OwnerRead | ShmFlags.OwnerWrite);
        rig.Process.Shmat(id);

        Assert.Equal("shm 00001234 id 0 5000 bytes nattch 1", Assert.Single(rig.Kernel.SharedSegments).ToString());
    }

    [Theory]
    [InlineData("i386", "i386: 3068k/4096k available")]
    [InlineData("alpha", "alpha: 3072k/4096k available")]
    public void A_machine_is_an_architecture_and_its_memory(string profile, string text)
    {
        using Machine machine = Architectures.Boot(profile);

        Assert.Equal(text, machine.ToString());
    }

    [Fact]
    public void A_violation_is_a_rule_and_an_account()
    {
        using var rig = new Rig(new TestDriver { OnMmap = (driver, _, area) => MapUncounted(driver, area) });
        rig.MapDevice(0, 1);

        Assert.Equal(
            "MMAP1001: module test: mmap took 0 in 1 call, open took 0 in 0, close gave back 1 in 1: use count fell to -1 in close",
            Assert.Single(rig.Machine.Shutdown()).ToString());
    }

    [Fact]
    public void An_oops_is_a_method_a_module_and_what_it_threw()
    {
        using var rig = new Rig(new TestDriver { OnMmap = (_, _, _) => throw new InvalidOperationException("a bug in the driver") });
        Assert.Throws<SignalException>(() => rig.MapDevice(0, 1));

        Assert.Equal("Oops in mmap of test: a bug in the driver", Assert.Single(rig.Kernel.Oopses).ToString());
    }

    private static Errno MapUncounted(TestDriver driver, VmArea area)
    {
        area.Operations = driver.Operations;
        return Errno.None;
    }
}
