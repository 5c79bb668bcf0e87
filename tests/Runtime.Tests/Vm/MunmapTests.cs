using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>What <c>munmap</c> accepts and what it leaves.</summary>
public sealed class MunmapTests
{
    private const ulong UserEnd = 0xC000_0000;

    [Fact]
    public void An_address_that_is_not_aligned_is_EINVAL() => Fails(rig => rig.Process.Munmap(Rig.Base + 1, Rig.Page));

    [Fact]
    public void An_address_beyond_the_user_addresses_is_EINVAL() => Fails(rig => rig.Process.Munmap(new UserAddress(UserEnd + Rig.Page), Rig.Page));

    [Fact]
    public void A_range_that_ends_beyond_the_user_addresses_is_EINVAL() => Fails(rig => rig.Process.Munmap(new UserAddress(UserEnd - Rig.Page), 2 * Rig.Page));

    [Fact]
    public void Length_zero_and_a_hole_are_no_errors()
    {
        using var rig = new Rig();

        Assert.Equal(0, rig.Process.SysMunmap(Rig.At(0), 0));
        Assert.Equal(0, rig.Process.SysMunmap(Rig.At(0), Rig.Page));
    }

    [Fact]
    public void The_length_is_rounded_up_to_pages()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 4);
        rig.Forget();

        rig.Process.Munmap(Rig.At(0), Rig.Page + 1);

        Assert.Equal("unmap 0-2; open 2-4; close empty", rig.Story());
    }

    [Theory]
    [InlineData(0, 3)]          // head
    [InlineData(1, 2)]          // middle
    public void A_piece_that_is_left_at_the_end_shows_the_same_pages_as_before(int page, int pages)
    {
        var driver = new PageDriver(pages: 4);
        using var rig = new Rig(driver);
        rig.Kernel.Write(driver.Pages[3], 42);
        rig.MapDevice(0, 4);

        rig.Unmap(page, pages);

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(3)));
        Assert.Equal(3 * Rig.Page, rig.Process.AddressSpace.Areas[^1].Offset);
    }

    [Fact]
    public void A_range_over_several_areas_takes_a_part_of_each()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 2);
        rig.MapMemory(2, 1);
        rig.MapDevice(3, 2, offset: 8);

        rig.Unmap(1, 3);

        Assert.Equal([(0, 1), (4, 5)], Areas(rig));
        Assert.Equal(2, rig.Driver.UseCount);
    }

    [Fact]
    public void A_partial_unmap_replaces_the_area_by_another_object()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 2);
        VmArea before = Assert.Single(rig.Process.AddressSpace.Areas);

        rig.Unmap(1, 1);

        Assert.NotSame(before, Assert.Single(rig.Process.AddressSpace.Areas));
    }

    private static IEnumerable<(int Start, int End)> Areas(Rig rig) =>
        rig.Process.AddressSpace.Areas.Select(area => ((int)((area.Start - Rig.Base) / Rig.Page), (int)((area.End - Rig.Base) / Rig.Page)));

    private static void Fails(Action<Rig> call)
    {
        using var rig = new Rig();

        Assert.Equal(Errno.EINVAL, Assert.Throws<KernelException>(() => call(rig)).Error);
    }
}
