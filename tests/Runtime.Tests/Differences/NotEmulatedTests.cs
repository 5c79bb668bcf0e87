using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Differences;

/// <summary>What follows from that which the machine has not.</summary>
public sealed class NotEmulatedTests
{
    [Difference("swapoff")]
    [Fact]
    public void A_swap_device_stays_in_use_and_gives_back_what_was_written()
    {
        using var rig = new Rig();
        rig.Kernel.AddSwap(4);
        rig.Process.Store(rig.MapMemory(0, 1), 42);
        rig.Kernel.FreePagesByStealing(1);

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));

        Assert.Equal((4, 4), (rig.Kernel.SwapTotal, rig.Kernel.SwapFree));
    }

    [Difference("shmctl-buffers")]
    [Theory]
    [InlineData(1)]         // IPC_SET
    [InlineData(2)]         // IPC_STAT
    [InlineData(3)]         // IPC_INFO
    public void Commands_with_a_buffer_are_EINVAL(int command)
    {
        using var rig = new Rig();
        int id = rig.Process.Shmget(7, 100, ShmFlags.Create);

        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysShmctl(id, (ShmCommand)command));
        Assert.Equal((id, 100ul), (Assert.Single(rig.Kernel.SharedSegments).Id, rig.Kernel.SharedSegments[0].Size));
    }

    [Difference("shm-groups")]
    [Fact]
    public void The_bits_of_the_group_let_nobody_in()
    {
        using var rig = new Rig();
        int id = rig.Process.Shmget(7, 100, ShmFlags.Create | ShmFlags.GroupRead | ShmFlags.GroupWrite);
        rig.Process.UserId = 1;

        Assert.Equal(-(long)Errno.EACCES, rig.Process.SysShmat(id, default, ShmFlags.ReadOnly));
    }

    [Difference("programs")]
    [Fact]
    public void A_new_program_has_neither_text_nor_stack()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1);

        rig.Process.Exec();

        Assert.Empty(rig.Process.AddressSpace.Areas);
        Assert.Equal(rig.Machine.Profile.ProgramBase, rig.Process.Brk(default).Value);
        Assert.Equal(rig.Machine.Profile.TaskSize, rig.Process.StackPointer.Value);
    }

    [Difference("permissions")]
    [Fact]
    public void Anybody_may_open_anything_and_append_only_files_can_be_mapped_for_writing()
    {
        using var rig = new FileRig(10);
        rig.Process.UserId = 1;

        UserAddress at = rig.Map(1, open: OpenFlags.ReadWrite | OpenFlags.Append);
        rig.Process.Store<byte>(at, 99);

        Assert.Equal(99, rig.Process.Load<byte>(at));
        Assert.True(rig.Process.SysOpen("/dev/mem", OpenFlags.ReadWrite) >= 0);
    }

    [Difference("file-systems")]
    [Fact]
    public void A_name_needs_no_directory_and_what_is_written_is_on_the_disk_at_once()
    {
        using var rig = new FileRig(0);
        int fd = rig.Process.Open("/no/such/directory/file", OpenFlags.WriteOnly | OpenFlags.Create);

        rig.Write(fd, 1, 2, 3);

        Assert.Equal([1, 2, 3], rig.Kernel.ReadDisk("/no/such/directory/file"));
    }

    [Difference("other-devices")]
    [Theory]
    [InlineData("/dev/kmem")]
    [InlineData("/dev/port")]
    [InlineData("/dev/full")]
    [InlineData("/dev/random")]
    public void Devices_beside_memory_null_and_zero_are_not_there(string path)
    {
        using var rig = new FileRig(0);

        Assert.Equal(-(long)Errno.ENOENT, rig.Process.SysOpen(path, OpenFlags.ReadOnly));
    }

    [Difference("core-ioctls")]
    [Theory]
    [InlineData(0x5421)]    // FIONBIO
    [InlineData(0x5451)]    // FIOCLEX
    public void Requests_that_the_core_would_answer_reach_the_driver(uint command)
    {
        using var rig = new FileRig(0);
        uint seen = 0;
        int fd = TransferDriver.Open(rig, _ => new FileOperations { Ioctl = (_, _, request, _) => (int)(0 * (seen = request)) });

        rig.Process.Ioctl(fd, command, 0);

        Assert.Equal(command, seen);
    }

    [Difference("deny-write")]
    [Fact]
    public void A_file_that_is_mapped_with_writing_denied_can_be_written()
    {
        using var rig = new FileRig(10);
        int fd = rig.Open();
        rig.Process.Mmap(FileRig.Page, Protection.Read, MapFlags.Private | MapFlags.DenyWrite, fd);

        Assert.Equal(1, rig.Write(fd, 99));

        Assert.Equal(99, rig.Disk[0]);
    }

    [Difference("clone-flags")]
    [Fact]
    public void A_child_with_the_number_of_its_parent_is_EINVAL()
    {
        using var rig = new Rig();
        const CloneFlags samePid = (CloneFlags)0x1000;

        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysClone(samePid));
    }

    [Difference("time")]
    [Fact]
    public void Nothing_happens_between_two_steps_of_a_program()
    {
        using var rig = new Rig();
        rig.Kernel.AddSwap(64);
        rig.Process.Store(rig.MapMemory(0, 1), 42);
        (int, string) before = (rig.Kernel.MemMap.FreeCount, rig.Entry(0).ToString());

        Thread.Sleep(20);

        Assert.Equal(before, (rig.Kernel.MemMap.FreeCount, rig.Entry(0).ToString()));
    }
}
