using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Files, user copies and the devices of memory on every architecture.</summary>
public sealed class FileProfileTests
{
    private static readonly MachineProfile[] Profiles =
        [MachineProfile.I386, MachineProfile.I386Enterprise, MachineProfile.SparcSrmmu, MachineProfile.SparcSun4c, MachineProfile.Alpha];

    public static TheoryData<string> Names => [.. Profiles.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shared_store_reaches_the_disk_and_nothing_behind_the_end_does(string name)
    {
        using Machine machine = Boot(name);
        int page = machine.Profile.PageSize;
        machine.Kernel.CreateFile("/file", FileRig.Pattern(page + 100));
        Process process = machine.Kernel.Spawn();
        int fd = process.Open("/file", OpenFlags.ReadWrite);
        UserAddress at = process.Mmap(2 * (ulong)page, Protection.ReadWrite, MapFlags.Shared, fd);

        process.Store<byte>(at, 99);
        process.Store<byte>(at + (ulong)page + 100, 98);
        process.Msync(at, 2 * (ulong)page, MsyncFlags.Sync);

        Assert.Equal([99, .. FileRig.Pattern(page + 100)[1..]], machine.Kernel.ReadDisk("/file"));
        process.Store<byte>(at, 97);
        process.Munmap(at, 2 * (ulong)page);
        Assert.Equal(97, machine.Kernel.ReadDisk("/file")[0]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Truncating_inside_a_page_clears_its_rest_and_takes_the_pages_behind_it(string name)
    {
        using Machine machine = Boot(name);
        int page = machine.Profile.PageSize;
        machine.Kernel.CreateFile("/file", FileRig.Pattern(2 * page));
        Process process = machine.Kernel.Spawn();
        UserAddress at = process.Mmap(2 * (ulong)page, Protection.ReadWrite, MapFlags.Shared, process.Open("/file", OpenFlags.ReadWrite));
        process.Load<byte>(at);
        process.Load<byte>(at + (ulong)page);

        process.Truncate("/file", 10);

        Assert.Equal(10, process.Load<byte>(at + 9));
        Assert.Equal(0, process.Load<byte>(at + 10));
        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => process.Load<byte>(at + (ulong)page)).Signal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reading_zeros_into_memory_that_a_child_shares_copies_the_page(string name)
    {
        using Machine machine = Boot(name);
        Process process = machine.Kernel.Spawn();
        int fd = process.Open("/dev/zero", OpenFlags.ReadWrite);
        UserAddress at = process.Mmap((ulong)machine.Profile.PageSize, Protection.ReadWrite, MapFlags.Private, fd);
        Assert.Equal(0, process.Load<int>(at));
        process.Store(at, 42);
        Process child = process.Fork();

        process.Read(fd, at, 4);

        Assert.Equal(0, process.Load<int>(at));
        Assert.Equal(42, child.Load<int>(at));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_reserved_page_is_mapped_by_its_logical_address_and_read_by_its_bus_address(string name)
    {
        using Machine machine = Boot(name);
        LinuxKernel kernel = machine.Kernel;
        KernelAddress page = kernel.GetFreePage();
        kernel.ReservePage(page);
        kernel.Write(page, 42);
        Process process = kernel.Spawn();
        int fd = process.Open("/dev/mem", OpenFlags.ReadWrite);

        UserAddress at = process.Mmap((ulong)machine.Profile.PageSize, Protection.ReadWrite, MapFlags.Shared, fd, page.Value);
        Assert.Equal(42, process.Load<int>(at));

        process.Lseek(fd, (long)kernel.MapNr(page) * machine.Profile.PageSize, SeekWhence.Start);
        process.Write(fd, at + 4, 4);
        Assert.Equal(0, kernel.Read<int>(page));
    }

    private static Machine Boot(string name) => new(Profiles.Single(profile => profile.Name == name), memorySize: 4 << 20);
}
