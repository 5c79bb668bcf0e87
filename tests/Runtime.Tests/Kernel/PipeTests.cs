using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Kernel;

/// <summary>Pipes: a page that two descriptors fill and empty.</summary>
public sealed class PipeTests
{
    [Fact]
    public void A_pipe_gives_the_bytes_back_in_order_round_and_round()
    {
        using var rig = new FileRig(0);
        (int reader, int writer) = rig.Process.Pipe();
        byte[] bytes = FileRig.Pattern(3000);

        for (int round = 0; round < 4; round++)
        {
            Assert.Equal(3000, rig.Write(writer, bytes));
            Assert.Equal(bytes, rig.Read(reader, 4096));
        }
    }

    [Difference("pipe-full")]
    [Fact]
    public void A_pipe_says_EAGAIN_where_a_process_would_wait()
    {
        using var rig = new FileRig(0);
        (int reader, int writer) = rig.Process.Pipe();

        Assert.Equal(-(long)Errno.EAGAIN, rig.Process.SysRead(reader, rig.Buffer, 1));
        Assert.Equal(4000, rig.Process.Write(writer, rig.Buffer, 4000));
        Assert.Equal(-(long)Errno.EAGAIN, rig.Process.SysWrite(writer, rig.Buffer, 97));
        Assert.Equal(96, rig.Process.SysWrite(writer, rig.Buffer, 4097));
    }

    [Fact]
    public void A_pipe_has_an_end_when_nobody_holds_the_other_one()
    {
        using var rig = new FileRig(0);
        (int reader, int writer) = rig.Process.Pipe();
        Process child = rig.Process.Fork();
        rig.Write(writer, 1, 2);
        rig.Process.Close(writer);

        Assert.Equal([1, 2], rig.Read(reader, 9));
        Assert.Equal(-(long)Errno.EAGAIN, rig.Process.SysRead(reader, rig.Buffer, 9));
        child.Close(writer);
        Assert.Empty(rig.Read(reader, 9));
    }

    [Difference("pipe-no-reader")]
    [Fact]
    public void A_pipe_without_reader_is_broken()
    {
        using var rig = new FileRig(0);
        (int reader, int writer) = rig.Process.Pipe();
        rig.Process.Close(reader);

        Assert.Equal(-(long)Errno.EPIPE, rig.Process.SysWrite(writer, rig.Buffer, 1));
    }

    [Fact]
    public void A_pipe_can_neither_be_mapped_nor_sought_nor_used_the_wrong_way_round()
    {
        using var rig = new FileRig(0);
        (int reader, int writer) = rig.Process.Pipe();

        Assert.Equal(-(long)Errno.ENODEV, rig.Process.SysMmap(default, FileRig.Page, Protection.Read, MapFlags.Private, reader, 0));
        Assert.Equal(-(long)Errno.ESPIPE, rig.Process.SysLseek(reader, 0, SeekWhence.Start));
        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysIoctl(reader, 1, 0));
        Assert.Equal(-(long)Errno.EBADF, rig.Process.SysWrite(reader, rig.Buffer, 1));
        Assert.Equal(-(long)Errno.EBADF, rig.Process.SysRead(writer, rig.Buffer, 1));
    }

    [Fact]
    public void A_pipe_gives_its_page_back()
    {
        using var rig = new FileRig(0);
        int free = rig.Kernel.MemMap.FreeCount;
        (int reader, int writer) = rig.Process.Pipe();
        Assert.Equal(free - 1, rig.Kernel.MemMap.FreeCount);

        rig.Process.Close(writer);
        rig.Process.Close(reader);

        Assert.Equal(free, rig.Kernel.MemMap.FreeCount);
    }

    [Fact]
    public void A_pipe_needs_two_descriptors()
    {
        using var rig = new FileRig(0);
        for (int fd = 0; fd < 255; fd++)
            rig.Open();

        Assert.Equal(-(long)Errno.EMFILE, rig.Process.SysPipe(out _, out _));
        Assert.True(rig.Process.SysOpen(FileRig.Path, OpenFlags.ReadOnly) == 255);
    }
}
