using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Kernel;

/// <summary>Files of the disk as a program sees them that does not map them.</summary>
public sealed class FileTests
{
    [Fact]
    public void Reading_goes_on_where_it_stopped_and_ends_with_the_file()
    {
        using var rig = new FileRig(FileRig.Page + 100);
        int fd = rig.Open();
        byte[] content = FileRig.Pattern(FileRig.Page + 100);

        Assert.Equal(content[..4000], rig.Read(fd, 4000));
        Assert.Equal(content[4000..], rig.Read(fd, 4000));
        Assert.Empty(rig.Read(fd, 4000));
    }

    [Fact]
    public void What_is_written_is_read_and_on_the_disk()
    {
        using var rig = new FileRig(10);
        int fd = rig.Open();
        rig.Process.Lseek(fd, 2, SeekWhence.Start);

        Assert.Equal(3, rig.Write(fd, 91, 92, 93));

        Assert.Equal([1, 2, 91, 92, 93, 6, 7, 8, 9, 10], rig.Disk);
        rig.Process.Lseek(fd, 0, SeekWhence.Start);
        Assert.Equal(rig.Disk, rig.Read(fd, 100));
    }

    [Fact]
    public void Writing_reaches_pages_that_are_cached_already()
    {
        using var rig = new FileRig(3 * FileRig.Page);
        int fd = rig.Open();
        rig.Read(fd, 3 * FileRig.Page);
        rig.Process.Lseek(fd, FileRig.Page - 1, SeekWhence.Start);

        rig.Write(fd, 91, 92);

        rig.Process.Lseek(fd, FileRig.Page - 2, SeekWhence.Start);
        Assert.Equal([(byte)(((FileRig.Page - 2) % 251) + 1), 91, 92], rig.Read(fd, 3));
    }

    [Fact]
    public void Writing_behind_the_end_leaves_a_hole_of_zeros()
    {
        using var rig = new FileRig(2);
        int fd = rig.Open();
        rig.Process.Lseek(fd, 2, SeekWhence.End);

        rig.Write(fd, 9);

        Assert.Equal([1, 2, 0, 0, 9], rig.Disk);
    }

    [Fact]
    public void Appending_writes_at_the_end_wherever_the_position_is()
    {
        using var rig = new FileRig(2);
        int fd = rig.Open(OpenFlags.WriteOnly | OpenFlags.Append);

        rig.Write(fd, 8);
        rig.Process.Lseek(fd, 0, SeekWhence.Start);
        rig.Write(fd, 9);

        Assert.Equal([1, 2, 8, 9], rig.Disk);
        Assert.Equal(4, rig.Process.Lseek(fd, 0, SeekWhence.Current));
    }

    [Fact]
    public void A_file_is_made_only_when_asked_for()
    {
        using var rig = new FileRig(0);

        Assert.Equal(-(long)Errno.ENOENT, rig.Process.SysOpen("/other", OpenFlags.ReadWrite));
        int fd = rig.Process.Open("/other", OpenFlags.ReadWrite | OpenFlags.Create);
        rig.Write(fd, 1);

        Assert.Equal([1], rig.Kernel.ReadDisk("/other"));
        Assert.Equal(Errno.EEXIST, rig.Kernel.CreateFile("/other", []));
    }

    [Fact]
    public void Opening_to_truncate_empties_the_file_and_opening_to_create_does_not()
    {
        using var rig = new FileRig(5);

        rig.Open(OpenFlags.ReadWrite | OpenFlags.Create);
        Assert.Equal(5, rig.Disk.Length);

        rig.Open(OpenFlags.ReadOnly | OpenFlags.Truncate);
        Assert.Empty(rig.Disk);
    }

    [Fact]
    public void The_access_mode_decides_who_may_read_and_write()
    {
        using var rig = new FileRig(5);
        int reader = rig.Open(OpenFlags.ReadOnly);
        int writer = rig.Open(OpenFlags.WriteOnly | OpenFlags.Append);

        Assert.Equal(-(long)Errno.EBADF, rig.Process.SysRead(writer, rig.Buffer, 1));
        Assert.Equal(-(long)Errno.EBADF, rig.Process.SysWrite(reader, rig.Buffer, 1));
        Assert.Equal(-(long)Errno.EACCES, rig.Process.SysFtruncate(reader, 1));
        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysOpen(FileRig.Path, (OpenFlags)3));
    }

    [Fact]
    public void A_descriptor_that_is_not_open_is_EBADF_for_every_call()
    {
        using var rig = new FileRig(5);
        Process process = rig.Process;
        long[] results =
        [
            process.SysRead(7, rig.Buffer, 1),
            process.SysWrite(7, rig.Buffer, 1),
            process.SysLseek(7, 0, SeekWhence.Start),
            process.SysIoctl(7, 0, 0),
            process.SysFsync(7),
            process.SysFtruncate(7, 0),
        ];

        Assert.All(results, result => Assert.Equal(-(long)Errno.EBADF, result));
    }

    [Fact]
    public void The_position_cannot_be_negative_and_the_origin_has_to_exist()
    {
        using var rig = new FileRig(5);
        int fd = rig.Open();

        Assert.Equal(3, rig.Process.Lseek(fd, -2, SeekWhence.End));
        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysLseek(fd, -4, SeekWhence.Current));
        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysLseek(fd, 0, (SeekWhence)3));
        Assert.Equal(3, rig.Process.Lseek(fd, 0, SeekWhence.Current));
    }

    [Fact]
    public void A_file_has_no_requests_and_is_always_synchronous()
    {
        using var rig = new FileRig(5);
        int fd = rig.Open();

        Assert.Equal(-(long)Errno.ENOTTY, rig.Process.SysIoctl(fd, 1, 0));
        Assert.Equal(0, rig.Process.SysFsync(fd));
    }

    [Fact]
    public void Nothing_is_written_beyond_2_GiB()
    {
        using var rig = new FileRig(0);
        int fd = rig.Open();

        rig.Process.Lseek(fd, 1L << 31, SeekWhence.Start);
        Assert.Equal(-(long)Errno.EFBIG, rig.Process.SysWrite(fd, rig.Buffer, 1));

        rig.Process.Lseek(fd, (1L << 31) - 2, SeekWhence.Start);
        Assert.Equal(2, rig.Process.SysWrite(fd, rig.Buffer, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(FileRig.Page)]
    [InlineData(FileRig.Page + 1)]
    public void Truncating_keeps_what_is_before_and_growing_again_brings_zeros(int size)
    {
        using var rig = new FileRig(2 * FileRig.Page);
        int fd = rig.Open();
        rig.Read(fd, 2 * FileRig.Page);
        var expected = new byte[2 * FileRig.Page];
        FileRig.Pattern(size).CopyTo(expected, 0);

        rig.Process.Truncate(FileRig.Path, (ulong)size);
        Assert.Equal(FileRig.Pattern(size), rig.Disk);
        rig.Process.Ftruncate(fd, 2 * FileRig.Page);

        Assert.Equal(expected, rig.Disk);
        rig.Process.Lseek(fd, 0, SeekWhence.Start);
        Assert.Equal(expected, rig.Read(fd, 2 * FileRig.Page));
    }

    [Fact]
    public void Truncating_asks_for_a_name_that_exists_and_a_size_that_is_not_negative()
    {
        using var rig = new FileRig(5);

        Assert.Equal(-(long)Errno.ENOENT, rig.Process.SysTruncate("/nothing", 0));
        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysTruncate(FileRig.Path, 1UL << 31));
        Assert.Equal(5UL, rig.Inode.Size);
    }

    [Fact]
    public void Parent_and_child_share_the_position()
    {
        using var rig = new FileRig(5);
        int fd = rig.Open();
        Process child = rig.Process.Fork();

        rig.Read(fd, 2);

        Assert.Equal(2, child.Lseek(fd, 0, SeekWhence.Current));
    }

    [Fact]
    public void Read_gives_what_there_is_when_memory_ends()
    {
        using var rig = new FileRig(2 * FileRig.Page);
        int fd = rig.Open();
        rig.Process.Store<byte>(rig.Buffer, 0);
        rig.Process.Mlock(rig.Buffer, FileRig.Page);
        rig.Process.Mlock(rig.Map(1), FileRig.Page);
        while (!rig.Kernel.GetFreePage().IsNull)
        {
        }

        rig.Process.Lseek(fd, FileRig.Page - 1, SeekWhence.Start);
        Assert.Equal(1, rig.Process.SysRead(fd, rig.Buffer, 2));
        Assert.Equal(-(long)Errno.ENOMEM, rig.Process.SysRead(fd, rig.Buffer, 1));
    }

    [Fact]
    public void The_maps_of_a_process_are_a_file()
    {
        using var rig = new FileRig(0);
        Process other = rig.Kernel.Spawn();
        int own = rig.Process.Open("/proc/self/maps", OpenFlags.ReadOnly);
        int foreign = rig.Process.Open($"/proc/{other.Pid}/maps", OpenFlags.ReadOnly);

        Assert.Equal(rig.Process.Maps, System.Text.Encoding.ASCII.GetString(rig.Read(own, 4096)));
        Assert.Empty(rig.Read(own, 4096));
        Assert.Empty(rig.Read(foreign, 4096));
        Assert.Equal(-(long)Errno.ENOENT, rig.Process.SysOpen("/proc/99/maps", OpenFlags.ReadOnly));
        Assert.Equal(-(long)Errno.ENODEV, rig.Process.SysMmap(default, 4096, Protection.Read, MapFlags.Private, own, 0));
    }

    [Fact]
    public void Files_leave_the_books_in_order()
    {
        using var rig = new FileRig(2 * FileRig.Page);
        int fd = rig.Open();
        rig.Read(fd, 2 * FileRig.Page);
        rig.Write(fd, 1, 2, 3);
        rig.Process.Fork().Exit();
        rig.Process.Open("/proc/self/maps", OpenFlags.ReadOnly);
        rig.Process.Pipe();

        Assert.Empty(rig.Machine.Shutdown());
        Assert.Equal(0, rig.Inode.Count);
    }
}
