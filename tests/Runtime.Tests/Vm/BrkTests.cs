using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary><c>brk</c>: the break moves, or stays where it is; there is no error number.</summary>
public sealed class BrkTests : IDisposable
{
    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    private Process Process => _rig.Process;

    private UserAddress Start { get => field == default ? field = Process.Brk(default) : field; set; }

    private UserAddress Grow(ulong bytes) => Process.Brk(Start + bytes);

    [Fact]
    public void Zero_asks_where_it_is() => Assert.Equal(Process.Brk(default), Process.Brk(default));

    [Fact]
    public void Growing_maps_zeros_that_can_be_written()
    {
        Assert.Equal(Start + 5000, Grow(5000));

        Process.Store(Start + 5000, 42);
        Assert.Equal("rwxp", Assert.Single(Process.AddressSpace.Areas).ToString().Split(' ')[1]);
        Assert.Equal(2 * Rig.Page, Process.AddressSpace.Areas[0].Length);
    }

    [Fact]
    public void Growing_inside_the_last_page_maps_nothing()
    {
        Grow(1);

        Assert.Equal(Start + 4096, Grow(4096));

        Assert.Equal(Rig.Page, Process.AddressSpace.Areas[0].Length);
    }

    [Fact]
    public void Growing_twice_leaves_one_area()
    {
        Grow(Rig.Page);
        Grow(3 * Rig.Page);

        Assert.Equal(3 * Rig.Page, Assert.Single(Process.AddressSpace.Areas).Length);
    }

    [Fact]
    public void Shrinking_unmaps()
    {
        Grow(3 * Rig.Page);
        Process.Store(Start + (2 * Rig.Page), 42);

        Assert.Equal(Start + 1, Grow(1));

        Assert.Equal(Rig.Page, Process.AddressSpace.Areas[0].Length);
        Assert.Throws<SignalException>(() => Process.Load<int>(Start + (2 * Rig.Page)));
    }

    [Fact]
    public void Below_its_start_it_does_not_go()
    {
        Grow(Rig.Page);

        Assert.Equal(Start + Rig.Page, Process.Brk(Start - 1));
    }

    [Fact]
    public void The_limit_of_data_keeps_it_where_it_is_and_shrinking_is_free()
    {
        Grow(4 * Rig.Page);
        Process.Limits[Resource.Data] = 2 * Rig.Page;

        Assert.Equal(Start + (4 * Rig.Page), Grow(5 * Rig.Page));
        Assert.Equal(Start + (3 * Rig.Page), Grow(3 * Rig.Page));
    }

    [Fact]
    public void The_limit_of_the_address_space_keeps_it_where_it_is()
    {
        Process.Limits[Resource.AddressSpace] = 2 * Rig.Page;

        Assert.Equal(Start, Grow(3 * Rig.Page));
        Assert.Equal(Start + (2 * Rig.Page), Grow(2 * Rig.Page));
    }

    [Theory]
    [InlineData(2, 3, false)]
    [InlineData(2, 2, false)]
    [InlineData(2, 1, true)]
    public void A_mapping_on_the_way_or_in_the_page_behind_keeps_it_where_it_is(int mapped, int pages, bool moves)
    {
        Process.Mmap(Rig.Page, Protection.Read, MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed, address: Start + ((ulong)mapped * Rig.Page));
        ulong wanted = (ulong)pages * Rig.Page;

        Assert.Equal(moves ? Start + wanted : Start, Grow(wanted));
    }

    [Fact]
    public void More_than_there_is_memory_for_keeps_it_where_it_is() =>
        Assert.Equal(Start, Grow(((ulong)_rig.Kernel.MemMap.FreeCount + 1) * Rig.Page));

    [Fact]
    public void A_child_has_the_break_of_its_parent_and_a_new_program_that_of_a_new_one()
    {
        Grow(3 * Rig.Page);
        Process child = Process.Fork();
        Assert.Equal(Start + (3 * Rig.Page), child.Brk(default));

        child.Exec();
        Assert.Equal(Start, child.Brk(default));
    }
}
