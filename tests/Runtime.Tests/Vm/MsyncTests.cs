using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary><c>msync</c>: whose <c>sync</c> method is called, with what, and what the caller hears.</summary>
public sealed class MsyncTests : IDisposable
{
    private readonly List<uint> _flags = [];
    private readonly Rig _rig;
    private Errno _answer;

    public MsyncTests() => _rig = new Rig(new TestDriver { OnSync = Sync });

    public void Dispose() => _rig.Dispose();

    private Errno Sync(uint flags)
    {
        _flags.Add(flags);
        return _answer;
    }

    private long Msync(int page, int pages, MsyncFlags flags) => _rig.Process.SysMsync(Rig.At(page), (ulong)pages * Rig.Page, flags);

    [Fact]
    public void The_method_gets_the_part_and_the_numbers_of_the_flags()
    {
        FlagNumbers numbers = _rig.Machine.Profile.Flags;
        _rig.MapDevice(0, 4);
        _rig.Forget();

        _rig.Process.Msync(Rig.At(1), 2 * Rig.Page, MsyncFlags.Async | MsyncFlags.Invalidate);

        Assert.Equal("sync 1-3", _rig.Story());
        Assert.Equal([numbers.MsAsync | numbers.MsInvalidate], _flags);
    }

    [Fact]
    public void Areas_are_synced_from_below_and_holes_are_EFAULT_after_the_rest()
    {
        _rig.MapDevice(1, 2, offset: 1);
        _rig.MapDevice(4, 1, offset: 4);
        _rig.Forget();

        Assert.Equal(-(long)Errno.EFAULT, Msync(0, 5, MsyncFlags.Async));
        Assert.Equal(-(long)Errno.EFAULT, Msync(4, 2, MsyncFlags.Async));

        Assert.Equal("sync 1-3; sync 4-5; sync 4-5", _rig.Story());
    }

    [Fact]
    public void A_range_in_a_hole_below_an_area_calls_nobody()
    {
        _rig.MapDevice(4, 1);
        _rig.Forget();

        Assert.Equal(-(long)Errno.EFAULT, Msync(0, 2, MsyncFlags.Async));

        Assert.Empty(_rig.Story());
    }

    [Fact]
    public void The_first_error_ends_the_call()
    {
        _rig.MapDevice(0, 1);
        _rig.MapDevice(2, 1, offset: 2);
        _rig.Forget();
        _answer = Errno.EIO;

        Assert.Equal(-(long)Errno.EIO, Msync(0, 3, MsyncFlags.Sync));

        Assert.Equal("sync 0-1", _rig.Story());
    }

    [Fact]
    public void An_area_without_inode_is_nothing_to_do()
    {
        using var rig = new Rig(new TestDriver
        {
            OnSync = Sync,
            OnMmap = (driver, _, area) =>
            {
                area.Operations = driver.Operations;
                driver.IncrementUseCount();
                return Errno.None;
            },
        });
        rig.MapDevice(0, 1);

        rig.Process.Msync(Rig.At(0), Rig.Page, MsyncFlags.Sync);

        Assert.Empty(_flags);
    }

    [Fact]
    public void An_area_without_the_method_is_nothing_to_do()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 1);
        rig.MapMemory(1, 1);

        rig.Process.Msync(Rig.At(0), 2 * Rig.Page, MsyncFlags.Sync);
    }

    [Theory]
    [InlineData(MsyncFlags.Sync, Errno.None, "fsync")]
    [InlineData(MsyncFlags.Async, Errno.None, "")]
    [InlineData(MsyncFlags.Sync, Errno.EIO, "")]
    public void The_object_itself_is_synced_after_the_method_when_the_caller_waits(MsyncFlags flags, Errno answer, string expected)
    {
        _rig.MapDevice(0, 1);
        string story = "";
        _rig.Driver.Inode.Fsync = () =>
        {
            story = "fsync";
            return Errno.None;
        };
        _answer = answer;

        Msync(0, 1, flags);

        Assert.Equal(expected, story);
    }

    [Fact]
    public void The_error_of_the_object_itself_is_the_calls()
    {
        _rig.MapDevice(0, 1);
        _rig.Driver.Inode.Fsync = () => Errno.ENOSPC;

        Assert.Equal(-(long)Errno.ENOSPC, Msync(0, 1, MsyncFlags.Sync));
    }

    [Fact]
    public void Waiting_and_not_waiting_together_is_no_error()
    {
        _rig.MapDevice(0, 1);

        _rig.Process.Msync(Rig.At(0), Rig.Page, MsyncFlags.Sync | MsyncFlags.Async);
    }

    [Theory]
    [InlineData(1, 4096, MsyncFlags.None)]
    [InlineData(4096, 0xFFFF_F000, MsyncFlags.None)]
    [InlineData(0, 4096, (MsyncFlags)8)]
    [InlineData(0, 4096, (MsyncFlags)(-1))]
    public void Nonsense_is_EINVAL(long offset, ulong length, MsyncFlags flags)
    {
        _rig.MapDevice(0, 2);

        Assert.Equal(-(long)Errno.EINVAL, _rig.Process.SysMsync(Rig.Base + (ulong)offset, length, flags));
    }

    [Fact]
    public void Length_zero_is_nothing_to_do() => Assert.Equal(0, Msync(0, 0, MsyncFlags.Sync));
}
