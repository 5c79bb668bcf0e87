using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Areas that grow down when the program touches what lies below them.</summary>
public sealed class StackTests : IDisposable
{
    private readonly Rig _rig = new();

    public StackTests()
    {
        MapStack(8);
        Process.StackPointer = Rig.At(0);
    }

    public void Dispose() => _rig.Dispose();

    private Process Process => _rig.Process;

    private UserAddress MapStack(int page, MapFlags sharing = MapFlags.Private) =>
        Process.Mmap(Rig.Page, Protection.ReadWrite, sharing | MapFlags.Anonymous | MapFlags.Fixed | MapFlags.GrowsDown, address: Rig.At(page));

    private Signal Touch(UserAddress address) => Assert.Throws<SignalException>(() => Process.Store(address, (byte)1)).Signal;

    [Fact]
    public void A_touch_below_lets_it_grow_to_there()
    {
        Process.Store(Rig.At(5) + 100, 42);

        Assert.Equal("5-9 rw-p", _rig.Layout());
        Assert.Equal(4, Process.AddressSpace.TotalPages);
        Assert.Equal(42, Process.Load<int>(Rig.At(5) + 100));
    }

    [Fact]
    public void A_load_does_it_as_well()
    {
        Assert.Equal(0, Process.Load<int>(Rig.At(7)));

        Assert.Equal("7-9 rw-p", _rig.Layout());
    }

    [Fact]
    public void An_ordinary_area_does_not_grow()
    {
        _rig.MapMemory(20, 1);

        Assert.Equal(Signal.SIGSEGV, Touch(Rig.At(19)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void An_access_more_than_32_bytes_below_the_stack_pointer_is_none_of_a_stack(ulong below, bool grows)
    {
        Process.StackPointer = Rig.At(7) + 100;

        if (grows)
            Process.Store(Process.StackPointer - below, (byte)1);
        else
            Assert.Equal(Signal.SIGSEGV, Touch(Process.StackPointer - below));
    }

    [Fact]
    public void At_first_the_stack_pointer_stands_above_everything() =>
        Assert.Equal(_rig.Machine.Profile.TaskSize, _rig.Kernel.Spawn().StackPointer.Value);

    [Fact]
    public void It_does_not_grow_above_its_limit()
    {
        Process.Limits[Resource.Stack] = 2 * Rig.Page;

        Assert.Equal(Signal.SIGSEGV, Touch(Rig.At(6)));
        Process.Store(Rig.At(7), 42);
    }

    [Fact]
    public void It_does_not_grow_above_the_limit_of_the_address_space()
    {
        Process.Limits[Resource.AddressSpace] = 3 * Rig.Page;

        Assert.Equal(Signal.SIGSEGV, Touch(Rig.At(5)));
        Process.Store(Rig.At(6), 42);
    }

    [Fact]
    public void It_grows_down_to_the_next_area_without_a_gap_and_is_not_joined_with_it()
    {
        MapStack(6);

        Process.Store(Rig.At(7), 42);

        Assert.Equal("6-7 rw-p; 7-9 rw-p", _rig.Layout());
    }

    [Fact]
    public void A_locked_one_counts_what_it_grows()
    {
        _rig.Lock(8, 1);

        Process.Store(Rig.At(6), 42);

        Assert.Equal(3, Process.AddressSpace.LockedPages);
    }

    [Fact]
    public void A_device_that_grows_down_shows_what_lies_before_it_and_nobody_is_called()
    {
        using var rig = new Rig(new PageDriver(pages: 2));
        rig.Process.StackPointer = Rig.At(0);
        rig.MapDevice(1, 1, offset: 1, sharing: MapFlags.Shared | MapFlags.GrowsDown);
        rig.Forget();

        rig.Process.Store(Rig.At(0), 42);

        Assert.Equal("nopage 0-1", rig.Story());
        Assert.Equal(42, rig.Kernel.Read<int>(((PageDriver)rig.Driver).Pages[0]));
    }
}
