using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Locking all of a process: what is mapped and what will be.</summary>
public sealed class MlockallTests : IDisposable
{
    private readonly Rig _rig = new(new PageDriver(pages: 4));

    public void Dispose() => _rig.Dispose();

    private IEnumerable<bool> AreLocked => _rig.Process.AddressSpace.Areas.Select(area => area.Flags.HasFlag(VmFlags.Locked));

    [Fact]
    public void What_is_mapped_is_locked_and_read()
    {
        _rig.MapDevice(0, 2);
        _rig.MapMemory(4, 1);
        _rig.Forget();

        _rig.Process.Mlockall(MlockallFlags.Current);

        Assert.Equal("nopage 0-1; nopage 1-2", _rig.Story());
        Assert.Equal([true, true], AreLocked);
        Assert.Equal(3, _rig.Process.AddressSpace.LockedPages);
    }

    [Fact]
    public void What_will_be_mapped_is_read_inside_mmap()
    {
        _rig.Process.Mlockall(MlockallFlags.Future);

        _rig.MapDevice(0, 2);

        Assert.Equal("mmap 0-2; nopage 0-1; nopage 1-2", _rig.Story());
        Assert.Equal(2, _rig.Process.AddressSpace.LockedPages);
    }

    [Fact]
    public void Only_the_future_unlocks_the_present()
    {
        _rig.MapMemory(0, 1);
        _rig.Process.Mlockall(MlockallFlags.Current);

        _rig.Process.Mlockall(MlockallFlags.Future);

        Assert.Equal([false], AreLocked);
        Assert.Equal(0, _rig.Process.AddressSpace.LockedPages);
    }

    [Fact]
    public void Unlocking_all_ends_both()
    {
        _rig.MapMemory(0, 1);
        _rig.Process.Mlockall(MlockallFlags.Current | MlockallFlags.Future);

        _rig.Process.Munlockall();
        _rig.MapMemory(2, 1);

        Assert.Equal([false, false], AreLocked);
    }

    [Fact]
    public void A_new_mapping_above_the_limit_is_EAGAIN_before_anything_else()
    {
        _rig.MapMemory(0, 1);
        _rig.Process.Mlockall(MlockallFlags.Future);
        _rig.Process.Limits[Resource.LockedMemory] = Rig.Page;
        _rig.Forget();

        Assert.Equal(Errno.EAGAIN, Assert.Throws<KernelException>(() => _rig.MapDevice(0, 2)).Error);

        Assert.Equal(("0-1 rw-p", ""), (_rig.Layout(), _rig.Story()));
    }

    [Fact]
    public void A_child_does_not_inherit_it()
    {
        _rig.Process.Mlockall(MlockallFlags.Future);

        Process child = _rig.Process.Fork();
        _rig.MapMemory(0, 1, by: child);

        Assert.False(child.AddressSpace.Areas[0].Flags.HasFlag(VmFlags.Locked));
    }

    [Theory]
    [InlineData(MlockallFlags.None)]
    [InlineData((MlockallFlags)4)]
    public void No_flag_and_unknown_ones_are_EINVAL(MlockallFlags flags) => Assert.Equal(-(long)Errno.EINVAL, _rig.Process.SysMlockall(flags));

    [Fact]
    public void The_limits_come_before_the_permission()
    {
        _rig.MapMemory(0, 2);
        _rig.Process.UserId = 500;
        Assert.Equal(-(long)Errno.EPERM, _rig.Process.SysMlockall(MlockallFlags.Current));
        Assert.Equal(-(long)Errno.EPERM, _rig.Process.SysMunlockall());

        _rig.Process.Limits[Resource.LockedMemory] = Rig.Page;
        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMlockall(MlockallFlags.Current));
    }

    [Fact]
    public void More_than_half_of_memory_is_ENOMEM()
    {
        _rig.MapMemory(0, (_rig.Kernel.MemMap.Count / 2) + 1, Protection.Read);

        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMlockall(MlockallFlags.Future));
    }
}
