using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>What a process may map: the limit of its address space, and memory for private pages that may be written.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_mapping_above_the_limit_is_ENOMEM_and_the_driver_is_not_asked()
    {
        _rig.Process.Limits[Resource.AddressSpace] = 2 * Rig.Page;

        Assert.Equal(Errno.ENOMEM, Assert.Throws<KernelException>(() => _rig.MapDevice(0, 3)).Error);
        Assert.Empty(_rig.Story());

        _rig.MapDevice(0, 2);
    }

    [Fact]
    public void What_was_mapped_there_does_not_count_and_is_gone_even_when_the_limit_says_no()
    {
        _rig.MapDevice(0, 2);
        _rig.Process.Limits[Resource.AddressSpace] = 2 * Rig.Page;
        _rig.MapDevice(0, 2);

        Assert.Equal(Errno.ENOMEM, Assert.Throws<KernelException>(() => _rig.MapDevice(0, 3)).Error);

        Assert.Empty(_rig.Layout());
    }

    [Fact]
    public void A_mapping_does_not_grow_above_the_limit()
    {
        _rig.MapDevice(0, 2);
        _rig.Process.Limits[Resource.AddressSpace] = 3 * Rig.Page;

        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMremap(Rig.At(0), 2 * Rig.Page, 4 * Rig.Page, MremapFlags.MayMove));
        _rig.Remap(0, 2, 3);
    }

    [Difference("no-limits")]
    [Fact]
    public void Without_a_limit_a_process_may_map_more_than_the_largest_long()
    {
        UserAddress low = new(0x1000_0000);
        _rig.Process.Mmap(0xB000_0000, Protection.Read, MapFlags.Shared | MapFlags.Fixed, _rig.Fd, address: low);

        Assert.Equal(0xB000_0000 / Rig.Page, (ulong)_rig.Process.AddressSpace.TotalPages);
    }

    [Fact]
    public void A_limit_belongs_to_a_process_and_a_child_starts_with_a_copy()
    {
        _rig.Process.Limits[Resource.AddressSpace] = Rig.Page;
        Process child = _rig.Process.Fork();
        child.Limits[Resource.AddressSpace] = 2 * Rig.Page;

        _rig.MapMemory(0, 2, by: child);

        Assert.Equal(Rig.Page, _rig.Process.Limits[Resource.AddressSpace]);
    }

    [Theory]
    [InlineData(Protection.ReadWrite, MapFlags.Private, false)]
    [InlineData(Protection.Read, MapFlags.Private, true)]
    [InlineData(Protection.ReadWrite, MapFlags.Shared, true)]
    public void Private_pages_that_may_be_written_need_memory(Protection protection, MapFlags sharing, bool succeeds)
    {
        int pages = _rig.Kernel.MemMap.FreeCount;

        long result = _rig.Process.SysMmap(Rig.At(0), (ulong)pages * Rig.Page, protection, sharing | MapFlags.Fixed, _rig.Fd, 0);

        Assert.Equal(succeeds ? (long)Rig.Base.Value : -(long)Errno.ENOMEM, result);
    }

    [Fact]
    public void A_sixteenth_of_memory_is_kept_back()
    {
        int most = _rig.Kernel.MemMap.FreeCount - (_rig.Kernel.MemMap.Count / 16);

        Assert.Equal(Errno.ENOMEM, Assert.Throws<KernelException>(() => _rig.MapMemory(0, most)).Error);
        _rig.MapMemory(0, most - 2);                                // one page is that of the area itself
    }

    [Fact]
    public void Private_memory_does_not_grow_beyond_what_there_is()
    {
        _rig.MapMemory(0, 1);
        ulong pages = (ulong)_rig.Kernel.MemMap.FreeCount + 1;

        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMremap(Rig.At(0), Rig.Page, pages * Rig.Page, MremapFlags.None));
    }

    [Fact]
    public void Free_swap_counts_as_memory()
    {
        _rig.Kernel.AddSwap(101);
        ulong pages = (ulong)_rig.Kernel.MemMap.FreeCount;

        Assert.Equal(1, Math.Sign(_rig.Process.SysMmap(Rig.At(0), pages * Rig.Page, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous, -1, 0)));
    }

    [Theory]
    [InlineData(60, false)]         // a small cache is needed anyhow
    [InlineData(240, true)]
    public void Cache_that_can_be_dropped_counts_as_memory(int cached, bool suffices)
    {
        MemMap memMap = _rig.Kernel.MemMap;
        var estimate = new MemoryEstimate(memMap, _rig.Kernel.Vm.Swap, () => cached);

        Assert.Equal(suffices, estimate.Suffices(memMap.FreeCount - (memMap.Count >> 4) + 100));
    }

    [Difference("other-limits")]
    [Fact]
    public void There_is_no_limit_of_a_resource_that_is_none() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _rig.Process.Limits[(Resource)17]);
}
