using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Locking ranges in memory: <c>mlock</c>, <c>munlock</c>. The callbacks of the splits are rows of <see cref="CallbackOrderTests"/>.</summary>
public sealed class MlockTests : IDisposable
{
    private readonly Rig _rig = new(new PageDriver(pages: 4));

    public void Dispose() => _rig.Dispose();

    private long Locked => _rig.Process.AddressSpace.LockedPages;

    [Fact]
    public void Every_page_of_the_range_is_read_and_only_those()
    {
        _rig.MapDevice(0, 3);
        _rig.Forget();

        _rig.Lock(1, 1);

        Assert.Equal("open 0-1; open 2-3; nopage 1-2", _rig.Story());
        Assert.Equal(1, Locked);
        Assert.Equal([false, true, false], _rig.Process.AddressSpace.Areas.Select(area => area.Flags.HasFlag(VmFlags.Locked)));
    }

    [Fact]
    public void A_page_that_is_there_is_not_asked_for_again()
    {
        _rig.Process.Load<byte>(_rig.MapDevice(0, 2));
        _rig.Forget();

        _rig.Lock(0, 2);

        Assert.Equal("nopage 1-2", _rig.Story());
    }

    [Theory]
    [InlineData(Protection.None)]
    [InlineData(Protection.Write)]
    public void What_may_not_be_read_is_locked_without_a_touch(Protection protection)
    {
        _rig.MapDevice(0, 2, protection: protection);
        _rig.Forget();

        _rig.Lock(0, 2);

        Assert.Equal(("", 2), (_rig.Story(), Locked));
    }

    [Fact]
    public void A_range_is_widened_to_whole_pages()
    {
        _rig.MapMemory(0, 3);

        _rig.Process.Mlock(Rig.At(0) + 4095, 2);

        Assert.Equal((2, 2), (Locked, _rig.Process.AddressSpace.ResidentPages));
    }

    [Fact]
    public void Locking_twice_counts_once_and_unlocking_gives_it_back()
    {
        _rig.MapMemory(0, 2);
        _rig.Lock(0, 2);
        _rig.Lock(0, 2);
        Assert.Equal(2, Locked);

        _rig.Unlock(0, 2);
        Assert.Equal(0, Locked);
    }

    [Fact]
    public void Unmapping_what_is_locked_gives_it_back()
    {
        _rig.MapMemory(0, 3);
        _rig.Lock(0, 3);

        _rig.Unmap(1, 1);

        Assert.Equal(2, Locked);
    }

    [Fact]
    public void A_page_that_the_driver_does_not_have_earns_SIGBUS_and_the_range_is_locked()
    {
        _rig.MapDevice(3, 2, offset: 3);

        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => _rig.Lock(3, 2)).Signal);

        Assert.Equal(2, Locked);
    }

    [Fact]
    public void Above_the_limit_it_is_ENOMEM()
    {
        _rig.MapMemory(0, 2);
        _rig.Process.Limits[Resource.LockedMemory] = Rig.Page;

        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMlock(Rig.At(0), 2 * Rig.Page));
        _rig.Lock(0, 1);
        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMlock(Rig.At(1), Rig.Page));
    }

    [Fact]
    public void Half_of_memory_is_the_most_even_for_the_superuser()
    {
        ulong half = (ulong)_rig.Kernel.MemMap.Count / 2 * Rig.Page;

        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMlock(Rig.At(0), half + Rig.Page));
        Assert.Equal(0, _rig.Process.SysMlock(_rig.MapMemory(0, 1, Protection.None), Rig.Page));
    }

    [Fact]
    public void Only_the_superuser_may_and_the_limit_is_looked_at_first()
    {
        _rig.MapMemory(0, 1);
        _rig.Process.UserId = 500;

        Assert.Equal(Errno.EPERM, Assert.Throws<KernelException>(() => _rig.Lock(0, 1)).Error);
        Assert.Equal(Errno.EPERM, Assert.Throws<KernelException>(() => _rig.Unlock(0, 1)).Error);
        _rig.Process.Limits[Resource.LockedMemory] = 0;
        Assert.Equal(Errno.ENOMEM, Assert.Throws<KernelException>(() => _rig.Lock(0, 1)).Error);
    }

    [Fact]
    public void Nothing_mapped_is_ENOMEM_and_a_hole_leaves_what_lies_before_it_locked()
    {
        _rig.MapMemory(0, 1);
        _rig.MapMemory(2, 1);

        Assert.Equal(Errno.ENOMEM, Assert.Throws<KernelException>(() => _rig.Lock(4, 1)).Error);
        Assert.Equal(Errno.ENOMEM, Assert.Throws<KernelException>(() => _rig.Lock(0, 3)).Error);

        Assert.Equal(1, Locked);
    }

    [Fact]
    public void Without_memory_for_the_pieces_it_is_EAGAIN()
    {
        _rig.MapMemory(0, 3);
        _rig.UseUpSmallBlocks();

        Assert.Equal(-(long)Errno.EAGAIN, _rig.Process.SysMlock(Rig.At(1), Rig.Page));
        Assert.Equal(0, Locked);
    }

    [Fact]
    public void Length_zero_is_nothing_to_do() => Assert.Equal(0, _rig.Process.SysMlock(Rig.At(0), 0));

    [Fact]
    public void A_child_has_nothing_locked_but_its_parents_count()
    {
        _rig.MapMemory(0, 2);
        _rig.Lock(0, 2);

        Process child = _rig.Process.Fork();

        Assert.DoesNotContain(child.AddressSpace.Areas, area => area.Flags.HasFlag(VmFlags.Locked));
        Assert.Equal(2, child.AddressSpace.LockedPages);
    }

    [Fact]
    public void A_locked_area_that_grows_in_place_counts_more()
    {
        _rig.MapMemory(0, 1);
        _rig.Lock(0, 1);

        _rig.Remap(0, 1, 3);

        Assert.Equal(3, Locked);
    }

    [Fact]
    public void A_locked_area_that_moves_stays_locked_and_counts_no_more()
    {
        _rig.MapMemory(0, 1);
        _rig.MapDevice(1, 1);
        _rig.Lock(0, 1);

        _rig.Remap(0, 1, 2, MremapFlags.MayMove);

        Assert.Contains(_rig.Process.AddressSpace.Areas, area => area.Flags.HasFlag(VmFlags.Locked) && area.Length == 2 * Rig.Page);
        Assert.Equal(0, Locked);
    }

    [Fact]
    public void A_locked_area_does_not_grow_above_the_limit()
    {
        _rig.MapMemory(0, 1);
        _rig.Lock(0, 1);
        _rig.Process.Limits[Resource.LockedMemory] = Rig.Page;

        Assert.Equal(-(long)Errno.EAGAIN, _rig.Process.SysMremap(Rig.At(0), Rig.Page, 2 * Rig.Page, MremapFlags.MayMove));
    }
}
