using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Kernel;

/// <summary>The devices that are there without a module.</summary>
public sealed class CoreDeviceTests
{
    private const ulong Page = Rig.Page;

    [Fact]
    public void Null_takes_everything_gives_nothing_and_cannot_be_mapped()
    {
        using var rig = new FileRig(0);
        int fd = rig.Process.Open("/dev/null", OpenFlags.ReadWrite);

        Assert.Equal(100, rig.Process.Write(fd, rig.Buffer, 100));
        Assert.Equal(0, rig.Process.Read(fd, rig.Buffer, 100));
        Assert.Equal(0, rig.Process.Lseek(fd, 100, SeekWhence.Start));
        Assert.Equal(-(long)Errno.ENODEV, rig.Process.SysMmap(default, Page, Protection.Read, MapFlags.Private, fd, 0));
    }

    [Fact]
    public void Zero_reads_as_zeros_across_pages()
    {
        using var rig = new FileRig(0);
        rig.Process.CopyTo(rig.Buffer, FileRig.Pattern(9000));
        int fd = rig.Process.Open("/dev/zero", OpenFlags.ReadWrite);

        Assert.Equal(8998, rig.Process.Read(fd, rig.Buffer + 1, 8998));

        byte[] bytes = rig.Bytes(rig.Buffer, 9000);
        Assert.Equal(1, bytes[0]);
        Assert.All(bytes[1..8999], value => Assert.Equal(0, value));
        Assert.NotEqual(0, bytes[8999]);
    }

    [Fact]
    public void Zero_can_be_mapped_privately_only()
    {
        using var rig = new FileRig(0);
        int fd = rig.Process.Open("/dev/zero", OpenFlags.ReadWrite);

        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysMmap(default, Page, Protection.ReadWrite, MapFlags.Shared, fd, 0));
        Assert.True(rig.Process.SysMmap(default, Page, Protection.ReadWrite, MapFlags.Private, fd, 0) > 0);
    }

    [Fact]
    public void A_mapping_of_zero_starts_with_all_its_entries_and_costs_a_page_only_when_it_is_written()
    {
        using var rig = new FileRig(0);
        int fd = rig.Process.Open("/dev/zero", OpenFlags.ReadWrite);
        UserAddress at = rig.Process.Mmap(3 * Page, Protection.ReadWrite, MapFlags.Private, fd);
        int free = rig.Kernel.MemMap.FreeCount;

        Assert.True(rig.Entry(at + (2 * Page)).IsPresent);
        Assert.False(rig.Entry(at + (2 * Page)).IsWritable);
        rig.Process.Store(at + Page, 42);

        Assert.Equal(42, rig.Process.Load<int>(at + Page));
        Assert.Equal(0, rig.Process.Load<int>(at));
        Assert.Equal(0, rig.Process.Load<int>(at + (2 * Page)));
        Assert.Equal(free - 1, rig.Kernel.MemMap.FreeCount);
    }

    [Fact]
    public void Two_mappings_of_zero_have_nothing_in_common()
    {
        using var rig = new FileRig(0);
        int fd = rig.Process.Open("/dev/zero", OpenFlags.ReadWrite);
        UserAddress first = rig.Process.Mmap(Page, Protection.ReadWrite, MapFlags.Private, fd);
        UserAddress second = rig.Process.Mmap(Page, Protection.ReadWrite, MapFlags.Private, fd);

        rig.Process.Store(first, -1);

        Assert.Equal(0, rig.Process.Load<int>(second));
    }

    [Fact]
    public void Zeros_over_pages_that_are_mapped_release_them()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1);
        rig.Process.Store(Rig.At(0), 42);
        int free = rig.Kernel.MemMap.FreeCount;

        using KernelLock.Held held = rig.Kernel.Lock.Enter();
        rig.Kernel.Vm.Remapper.Zeromap(rig.Process.AddressSpace, Rig.At(0).Value, Page, rig.Process.AddressSpace.Areas[0].PageProtection.Bits);

        Assert.Equal(0, rig.Process.Load<int>(Rig.At(0)));
        Assert.Equal(free + 1, rig.Kernel.MemMap.FreeCount);
        Assert.Equal("forget_pte: old mapping existed!", rig.Kernel.Log[^1]);
    }

    [Fact]
    public void Memory_is_read_and_written_by_its_bus_address()
    {
        using var rig = new FileRig(0);
        KernelAddress page = rig.Kernel.GetFreePage();
        int fd = rig.Process.Open("/dev/mem", OpenFlags.ReadWrite);

        rig.Process.Lseek(fd, (long)page.Value, SeekWhence.Start);
        rig.Write(fd, 1, 2, 3);

        Assert.Equal([1, 2, 3], rig.Kernel.Access(page, 3).ToArray());
        rig.Process.Lseek(fd, -2, SeekWhence.Current);
        Assert.Equal([2, 3, 0], rig.Read(fd, 3));
    }

    [Fact]
    public void Memory_ends_where_the_machine_does_and_has_no_end_to_seek_from()
    {
        using var rig = new FileRig(0);
        int fd = rig.Process.Open("/dev/mem", OpenFlags.ReadWrite);

        rig.Process.Lseek(fd, (4 << 20) - 3, SeekWhence.Start);
        Assert.Equal(3, rig.Read(fd, 100).Length);
        Assert.Empty(rig.Read(fd, 100));
        Assert.Equal(0, rig.Process.Write(fd, rig.Buffer, 1));
        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysLseek(fd, 0, SeekWhence.End));
    }

    [Difference("dev-mem-page-0")]
    [Fact]
    public void The_first_page_of_memory_reads_as_zeros_and_writing_it_is_not_counted()
    {
        using var rig = new FileRig(0);
        int fd = rig.Process.Open("/dev/mem", OpenFlags.ReadWrite);
        rig.Machine.PhysicalMemory.Write(new PhysicalAddress(Page - 2), 0x01020304);

        rig.Process.Lseek(fd, (long)Page - 2, SeekWhence.Start);
        Assert.Equal([0, 0, 2, 1], rig.Read(fd, 4));

        rig.Process.Lseek(fd, (long)Page - 2, SeekWhence.Start);
        Assert.Equal(2, rig.Write(fd, 9, 9, 8, 7));
        Assert.Equal((long)Page + 2, rig.Process.Lseek(fd, 0, SeekWhence.Current));
        Assert.Equal(0x07080304, rig.Machine.PhysicalMemory.Read<int>(new PhysicalAddress(Page - 2)));
    }

    [Fact]
    public void Mapping_memory_shows_reserved_pages_and_devices_and_counts_the_node()
    {
        using var rig = new FileRig(0);
        KernelAddress page = rig.Kernel.GetFreePage();
        rig.Kernel.ReservePage(page);
        rig.Kernel.Write(page, 42);
        int fd = rig.Process.Open("/dev/mem", OpenFlags.ReadWrite);

        UserAddress at = rig.Process.Mmap(Page, Protection.ReadWrite, MapFlags.Shared, fd, page.Value);

        Assert.Equal(42, rig.Process.Load<int>(at));
        Assert.False(rig.Entry(at).IsCacheDisabled);
        Assert.Equal(2, rig.Kernel.FindInode("/dev/mem")!.Count);
        rig.Process.Munmap(at, Page);
        Assert.Equal(1, rig.Kernel.FindInode("/dev/mem")!.Count);
    }

    [Fact]
    public void Mapping_beyond_memory_is_not_cached_and_inside_a_page_is_ENXIO()
    {
        using var rig = new FileRig(0);
        PhysicalAddress device = rig.Machine.AddMmio(Page, new RecordingMmio());
        int fd = rig.Process.Open("/dev/mem", OpenFlags.ReadWrite);

        UserAddress at = rig.Process.Mmap(Page, Protection.ReadWrite, MapFlags.Shared, fd, device.Value);

        Assert.True(rig.Entry(at).IsCacheDisabled);
        Assert.Equal(-(long)Errno.ENXIO, rig.Process.SysMmap(default, Page, Protection.Read, MapFlags.Shared, fd, 100));
    }

    [Fact]
    public void A_minor_number_without_device_is_ENXIO()
    {
        using var rig = new FileRig(0);
        rig.Kernel.MakeNode("/dev/strange", 1, 99);

        Assert.Equal(-(long)Errno.ENXIO, rig.Process.SysOpen("/dev/strange", OpenFlags.ReadOnly));
        Assert.Equal(0, rig.Kernel.FindInode("/dev/strange")!.Count);
    }
}
