using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>What <c>mremap</c> accepts and what becomes of the pages.</summary>
public sealed class MremapTests
{
    [Fact]
    public void An_address_that_is_not_aligned_is_EINVAL() =>
        Fails(Errno.EINVAL, rig => rig.Process.Mremap(Rig.Base + 1, Rig.Page, 2 * Rig.Page));

    [Fact]
    public void Growing_what_is_not_mapped_is_EFAULT() =>
        Fails(Errno.EFAULT, rig => rig.Remap(8, 1, 2));

    [Fact]
    public void An_old_length_that_crosses_the_end_of_the_area_is_EFAULT() =>
        Fails(Errno.EFAULT, rig => rig.Remap(1, 2, 3));

    [Fact]
    public void No_room_and_no_leave_to_move_is_ENOMEM() =>
        Fails(Errno.ENOMEM, rig =>
        {
            rig.MapMemory(2, 1);
            rig.Remap(0, 2, 3);
        });

    [Fact]
    public void Growing_from_inside_the_area_needs_a_move() => Fails(Errno.ENOMEM, rig => rig.Remap(0, 1, 3));

    [Fact]
    public void Shrinking_does_not_ask_whether_anything_is_mapped()
    {
        using var rig = new Rig();

        Assert.Equal(Rig.At(0), rig.Remap(0, 4, 1));
    }

    [Fact]
    public void Unknown_flags_are_ignored()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1);

        Assert.Equal(Rig.At(0), rig.Remap(0, 1, 2, (MremapFlags)0x70));
    }

    [Fact]
    public void Memory_keeps_its_contents_when_it_moves_and_grows()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 2);
        rig.MapDevice(2, 1);
        rig.Process.Store(Rig.At(0), 1);
        rig.Process.Store(Rig.At(1), 2);

        UserAddress to = rig.Remap(0, 2, 3, MremapFlags.MayMove);

        Assert.Equal(1, rig.Process.Load<int>(to));
        Assert.Equal(2, rig.Process.Load<int>(to + Rig.Page));
        Assert.Equal(0, rig.Process.Load<int>(to + (2 * Rig.Page)));
        Assert.Throws<SignalException>(() => rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void Moving_device_pages_asks_the_driver_for_none_of_them_again()
    {
        var driver = new PageDriver(pages: 2);
        using var rig = new Rig(driver);
        rig.MapDevice(0, 1);
        rig.MapMemory(1, 1);
        rig.Process.Store(Rig.At(0), 42);
        UserAddress to = rig.Remap(0, 1, 2, MremapFlags.MayMove);
        rig.Forget();

        Assert.Equal(42, rig.Process.Load<int>(to));

        Assert.Empty(rig.Story());
        Assert.Equal(2, driver.PageAt(0).Count);
    }

    [Fact]
    public void Remapped_device_memory_moves_along_but_its_new_end_is_plain_memory()
    {
        using var rig = new Rig(new RemapDriver());
        rig.MapDeviceAt(rig.AddMmio(new RecordingMmio(), pages: 2), 0, 1);

        rig.Remap(0, 1, 2);

        Assert.Equal(RecordingMmio.Answer, rig.Process.Load<byte>(Rig.At(0)));
        Assert.Equal(0, rig.Process.Load<byte>(Rig.At(1)));
    }

    private static void Fails(Errno expected, Action<Rig> call)
    {
        using var rig = new Rig();
        rig.MapMemory(0, 2);

        Assert.Equal(expected, Assert.Throws<KernelException>(() => call(rig)).Error);
    }
}
