using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Kernel;

/// <summary>How a driver reaches the memory of the process that it works for.</summary>
public sealed class UserCopyTests
{
    private const ulong Page = Rig.Page;

    [Theory]
    [InlineData(VerifyType.Read, 0, 1, true)]
    [InlineData(VerifyType.Read, 0, 2, true)]
    [InlineData(VerifyType.Read, 1, 2, true)]
    [InlineData(VerifyType.Read, 2, 2, false)]
    [InlineData(VerifyType.Read, 3, 1, false)]
    [InlineData(VerifyType.Read, 3, 0, true)]
    [InlineData(VerifyType.Write, 0, 1, true)]
    [InlineData(VerifyType.Write, 0, 2, false)]
    [InlineData(VerifyType.Write, 1, 1, false)]
    public void Verify_area_wants_areas_without_a_hole_that_all_permit_it(VerifyType type, int page, int pages, bool right)
    {
        using var rig = new FileRig(0);
        Fixed(rig, 0, Protection.ReadWrite);
        Fixed(rig, 1, Protection.Read);
        Fixed(rig, 2, Protection.Read | Protection.Exec);

        Errno error = Ask(rig, kernel => kernel.VerifyArea(type, At(page), (ulong)pages * Page));

        Assert.Equal(right ? Errno.None : Errno.EFAULT, error);
    }

    [Fact]
    public void Verify_area_counts_from_inside_a_page()
    {
        using var rig = new FileRig(0);
        Fixed(rig, 0, Protection.ReadWrite);

        Assert.Equal(Errno.None, Ask(rig, kernel => kernel.VerifyArea(VerifyType.Write, At(1) - 4, 4)));
        Assert.Equal(Errno.EFAULT, Ask(rig, kernel => kernel.VerifyArea(VerifyType.Write, At(1) - 4, 5)));
        Assert.Equal(Errno.EFAULT, Ask(rig, kernel => kernel.VerifyArea(VerifyType.Write, At(0) - 1, 2)));
    }

    [Fact]
    public void Verify_area_lets_a_stack_grow_down_to_the_address()
    {
        using var rig = new FileRig(0);
        rig.Process.Mmap(Page, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed | MapFlags.GrowsDown, address: At(9));

        Assert.Equal(Errno.None, Ask(rig, kernel => kernel.VerifyArea(VerifyType.Write, At(7) + 5, 2 * Page)));

        Assert.Equal(At(7), rig.Process.AddressSpace.FindArea(At(9))!.Start);
    }

    [Fact]
    public void Copies_bring_in_the_pages_that_they_touch()
    {
        using var rig = new FileRig(0);
        UserAddress at = rig.Buffer + Page - 3;
        byte[] bytes = [1, 2, 3, 4, 5, 6];

        byte[] back = Ask(rig, kernel =>
        {
            kernel.CopyToUser(at, bytes);
            var copy = new byte[bytes.Length];
            kernel.CopyFromUser(at, copy);
            return copy;
        });

        Assert.Equal(bytes, back);
        Assert.Equal(bytes, rig.Bytes(at, bytes.Length));
    }

    [Fact]
    public void Single_values_can_be_got_and_put()
    {
        using var rig = new FileRig(0);
        rig.Process.Store(rig.Buffer, 0x01020304);

        int got = Ask(rig, kernel =>
        {
            kernel.PutUser((short)7, rig.Buffer + 8);
            return kernel.GetUser<int>(rig.Buffer);
        });

        Assert.Equal(0x01020304, got);
        Assert.Equal(7, rig.Process.Load<short>(rig.Buffer + 8));
    }

    [Difference("kernel-mode-access")]
    [Fact]
    public void A_copy_to_a_private_page_breaks_the_sharing_with_the_child()
    {
        using var rig = new FileRig(0);
        rig.Process.Store(rig.Buffer, 42);
        Process child = rig.Process.Fork();

        Ask(rig, kernel =>
        {
            kernel.PutUser(43, rig.Buffer);
            return 0;
        });

        Assert.Equal(43, rig.Process.Load<int>(rig.Buffer));
        Assert.Equal(42, child.Load<int>(rig.Buffer));
    }

    [Fact]
    public void Read_into_memory_that_a_child_shares_is_seen_by_the_reader_alone()
    {
        using var rig = new FileRig(0);
        rig.Process.Store(rig.Buffer, 42);
        Process child = rig.Process.Fork();
        int zero = rig.Process.Open("/dev/zero", OpenFlags.ReadOnly);
        int file = rig.Open();

        rig.Process.Read(zero, rig.Buffer, 4);
        rig.Process.Write(file, rig.Buffer, 4);

        Assert.Equal([0, 0, 0, 0], rig.Disk);
        Assert.Equal(42, child.Load<int>(rig.Buffer));
    }

    [Difference("driver-throws")]
    [Fact]
    public void A_driver_that_copies_without_asking_oopses_on_a_bad_address()
    {
        using var rig = new FileRig(0);

        SignalException killed = Assert.Throws<SignalException>(() => Ask(rig, kernel =>
        {
            kernel.CopyToUser(At(0), [1]);
            return 0;
        }));

        Assert.Contains("Unable to handle kernel paging request", killed.Oops!.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("ioctl", killed.Oops.Callback);
    }

    [Fact]
    public void A_page_that_nobody_has_ends_the_call_with_SIGBUS_and_not_in_the_middle()
    {
        using var rig = new FileRig(4);
        UserAddress beyond = rig.Map(2) + Page;
        rig.Kernel.CreateFile("/target", []);
        int target = rig.Process.Open("/target", OpenFlags.ReadWrite);

        SignalException signal = Assert.Throws<SignalException>(() => rig.Process.Write(target, beyond, 3));

        Assert.Equal(Signal.SIGBUS, signal.Signal);
        Assert.Equal(beyond, signal.Address);
        Assert.True(rig.Process.IsAlive);
        Assert.Equal([0, 0, 0], rig.Kernel.ReadDisk("/target"));
    }

    [Fact]
    public void Memory_that_ends_during_a_copy_kills_the_process()
    {
        using var rig = new FileRig(0);
        rig.Process.Store(rig.Buffer, 1);
        int zero = rig.Process.Open("/dev/zero", OpenFlags.ReadOnly);
        while (!rig.Kernel.GetFreePage().IsNull)
        {
        }

        Assert.Equal(4096, rig.Process.Read(zero, rig.Buffer, 4096));
        SignalException signal = Assert.Throws<SignalException>(() => rig.Process.Read(zero, rig.Buffer + Page, 1));

        Assert.Equal(Signal.SIGKILL, signal.Signal);
        Assert.False(rig.Process.IsAlive);
    }

    [Fact]
    public void An_oops_in_nopage_is_not_blamed_on_the_read_that_touched_the_page()
    {
        using var rig = new Rig(new TestDriver { OnNopage = (_, _, _, _) => throw new InvalidCastException() });
        UserAddress at = rig.MapDevice(0, 1);
        int zero = rig.Process.Open("/dev/zero", OpenFlags.ReadOnly);

        Assert.Throws<SignalException>(() => rig.Process.Read(zero, at, 1));

        Assert.Equal("nopage", Assert.Single(rig.Kernel.Oopses).Callback);
        Assert.False(rig.Process.IsAlive);
    }

    [Fact]
    public void Device_memory_is_reached_through_its_mapping()
    {
        using var rig = new Rig(new RemapDriver());
        var device = new RecordingMmio();
        UserAddress at = rig.MapDeviceAt(rig.AddMmio(device, 1), page: 0, pages: 1);
        int zero = rig.Process.Open("/dev/zero", OpenFlags.ReadOnly);

        rig.Process.Read(zero, at + 8, 4);

        Assert.Single(device.Accesses);
    }

    [Fact]
    public void Outside_of_a_call_there_is_nobody_whose_memory_it_could_be()
    {
        using var rig = new FileRig(0);

        Assert.Throws<InvalidOperationException>(() => rig.Kernel.GetUser<int>(rig.Buffer));
        Assert.Throws<InvalidOperationException>(() => rig.Kernel.VerifyArea(VerifyType.Read, rig.Buffer, 1));
    }

    [Difference("call-waits-for-itself")]
    [Fact]
    public void Mmap_holds_the_address_space_so_that_a_copy_that_faults_would_wait_for_ever()
    {
        using var rig = new Rig(new TestDriver { OnMmap = (driver, _, _) => (Errno)driver.Kernel.GetUser<int>(Rig.At(4)) });
        rig.MapMemory(4, 1);

        SignalException killed = Assert.Throws<SignalException>(() => rig.MapDevice(0, 1));

        Assert.IsType<InvalidOperationException>(killed.Oops?.Exception);
    }

    /// <summary>Pages above the memory that the process has already.</summary>
    private static UserAddress At(int page) => Rig.At(page + 16);

    private static void Fixed(FileRig rig, int page, Protection protection) =>
        rig.Process.Mmap(Page, protection, MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed, address: At(page));

    /// <summary>Runs something as a driver's request in a call of the process.</summary>
    private static T Ask<T>(FileRig rig, Func<LinuxKernel, T> request)
    {
        T? result = default;
        int fd = TransferDriver.Open(rig, kernel => new FileOperations { Ioctl = (_, _, _, _) => Answer(kernel) });
        int Answer(LinuxKernel kernel)
        {
            result = request(kernel);
            return 0;
        }

        rig.Process.Ioctl(fd, 1, 0);
        rig.Process.Close(fd);
        Assert.Equal(Errno.None, rig.Kernel.Remove<TransferDriver>());
        return result!;
    }
}
