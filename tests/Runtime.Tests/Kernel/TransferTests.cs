using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Kernel;

/// <summary>The methods of a driver that move bytes, and what the core does around them.</summary>
public sealed class TransferTests
{
    [Fact]
    public void Empty_slots_are_EINVAL_and_for_ioctl_ENOTTY()
    {
        using var rig = new FileRig(0);
        int fd = TransferDriver.Open(rig, _ => new FileOperations());

        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysRead(fd, rig.Buffer, 1));
        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysWrite(fd, rig.Buffer, 1));
        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysFsync(fd));
        Assert.Equal(-(long)Errno.ENOTTY, rig.Process.SysIoctl(fd, 1, 2));
        Assert.Equal(17, rig.Process.SysLseek(fd, 17, SeekWhence.Start));
    }

    [Fact]
    public void Methods_get_what_the_program_passed_and_the_program_gets_what_they_return()
    {
        using var rig = new FileRig(0);
        var calls = new List<string>();
        int fd = TransferDriver.Open(rig, _ => new FileOperations
        {
            Read = (_, _, at, count) => Say($"read {at} {count}", 1),
            Write = (_, _, at, count) => Say($"write {at} {count}", 2),
            Lseek = (_, _, offset, whence) => Say($"lseek {offset} {whence}", 3),
            Ioctl = (_, _, command, argument) => Say($"ioctl {command} {argument}", -(int)Errno.EINVAL),
            Fsync = (_, _) => (Errno)Say("fsync", (int)Errno.ENOSPC),
        });
        int Say(string call, int result)
        {
            calls.Add(call);
            return result;
        }

        Assert.Equal(1, rig.Process.Read(fd, rig.Buffer, 10));
        Assert.Equal(2, rig.Process.Write(fd, rig.Buffer, 20));
        Assert.Equal(3, rig.Process.Lseek(fd, -30, SeekWhence.End));
        Assert.Equal(-(long)Errno.EINVAL, rig.Process.SysIoctl(fd, 40, 50));
        Assert.Equal(-(long)Errno.EIO, rig.Process.SysFsync(fd));
        Assert.Equal([$"read {rig.Buffer} 10", $"write {rig.Buffer} 20", "lseek -30 End", "ioctl 40 50", "fsync"], calls);
    }

    [Fact]
    public void Nothing_to_move_does_not_call_the_driver()
    {
        using var rig = new FileRig(0);
        int fd = TransferDriver.Open(rig, _ => new FileOperations { Read = (_, _, _, _) => 7, Write = (_, _, _, _) => 7 });

        Assert.Equal(0, rig.Process.Read(fd, default, 0));
        Assert.Equal(0, rig.Process.Write(fd, default, 0));
    }

    [Fact]
    public void A_buffer_without_area_or_permission_is_EFAULT_before_the_driver_is_called()
    {
        using var rig = new FileRig(0);
        int fd = TransferDriver.Open(rig, _ => new FileOperations { Read = (_, _, _, _) => 7, Write = (_, _, _, _) => 7 });
        UserAddress readable = rig.Process.Mmap(4096, Protection.Read, MapFlags.Private | MapFlags.Anonymous);

        Assert.Equal(-(long)Errno.EFAULT, rig.Process.SysRead(fd, default, 1));
        Assert.Equal(-(long)Errno.EFAULT, rig.Process.SysRead(fd, readable, 1));
        Assert.Equal(-(long)Errno.EFAULT, rig.Process.SysWrite(fd, readable + 4096, 1));
        Assert.Equal(7, rig.Process.SysWrite(fd, readable, 4096));
    }

    [Fact]
    public void Open_may_choose_other_methods_for_the_file()
    {
        using var rig = new FileRig(0);
        var chosen = new FileOperations { Read = (_, file, _, _) => (int)file.Position, Lseek = null };
        int fd = TransferDriver.Open(rig, _ => new FileOperations { Open = (_, file) => Choose(file) });
        Errno Choose(OpenFile file)
        {
            (file.Operations, file.Position) = (chosen, 5);
            return Errno.None;
        }

        Assert.Equal(5, rig.Process.Read(fd, rig.Buffer, 1));
    }

    [Fact]
    public void A_method_that_throws_is_an_oops_that_names_it()
    {
        using var rig = new FileRig(0);
        int fd = TransferDriver.Open(rig, _ => new FileOperations { Ioctl = (_, _, _, _) => throw new InvalidCastException() });

        SignalException killed = Assert.Throws<SignalException>(() => rig.Process.Ioctl(fd, 1, 2));

        Assert.Equal("ioctl", killed.Oops?.Callback);
        Assert.Equal("transfer", killed.Oops?.Module);
        Assert.False(rig.Process.IsAlive);
    }

    [Fact]
    public void Use_counts_are_booked_on_these_methods_too()
    {
        using var rig = new FileRig(0);
        TransferDriver? driver = null;
        driver = new TransferDriver { OnRegister = _ => new FileOperations { Write = (_, _, _, count) => Count(count) } };
        int Count(int count)
        {
            driver!.IncrementUseCount();
            return count;
        }

        rig.Kernel.Insert(driver);
        int fd = rig.Process.Open(TransferDriver.Path, OpenFlags.WriteOnly);
        rig.Process.Write(fd, rig.Buffer, 1);

        Violation violation = Assert.Single(rig.Machine.Shutdown());
        Assert.Equal("module transfer", violation.Subject);
        Assert.Equal("MMAP4001", violation.RuleId);
    }
}
