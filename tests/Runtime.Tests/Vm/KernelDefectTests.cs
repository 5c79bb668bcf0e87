using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Defects of 2.0.40 with their switches off and on.</summary>
public sealed class KernelDefectTests : IDisposable
{
    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Difference("fork-no-memory")]
    [Theory]
    [InlineData(KernelDefects.None, "", 1)]
    [InlineData(KernelDefects.ForkFailureCloses, "unmap 0-1; close 0-1", 0)]
    public void A_fork_without_memory_for_the_entries_of_an_area_closes_it_without_open(KernelDefects defects, string story, int useCount)
    {
        _rig.Machine.Defects = defects;
        _rig.Process.Store(_rig.MapDevice(0, 1), 42);
        int inodeCount = _rig.Driver.Inode.Count;
        _rig.UseUpMemory(leave: 1);                                 // for the directory, none for a table
        _rig.Forget();

        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysFork());

        Assert.Equal((story, useCount), (_rig.Story(), _rig.Driver.UseCount));
        Assert.Equal(inodeCount, _rig.Driver.Inode.Count);
        Assert.Equal(42, _rig.Process.Load<int>(Rig.At(0)));
    }

    [Difference("unmap-no-memory")]
    [Theory]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    public void A_partial_unmap_without_memory_for_the_rest_is_ENOMEM_and_changes_nothing(int page, int pages)
    {
        _rig.Process.Store(_rig.MapDevice(0, 3), 42);
        _rig.UseUpSmallBlocks();
        _rig.Forget();

        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMunmap(Rig.At(page), (ulong)pages * Rig.Page));

        Assert.Equal(("0-3 rw-s", ""), (_rig.Layout(), _rig.Story()));
        Assert.Equal(42, _rig.Process.Load<int>(Rig.At(0)));
    }

    [Difference("unmap-no-memory")]
    [Theory]
    [InlineData(1, "unmap 1-2")]
    [InlineData(0, "unmap 0-1")]
    public void With_the_defect_it_loses_the_area_with_its_counts_and_succeeds(int page, string story)
    {
        _rig.Machine.Defects = KernelDefects.HolePunchLosesArea;
        _rig.MapDevice(0, 3);
        int inodeCount = _rig.Driver.Inode.Count;
        _rig.UseUpSmallBlocks();
        _rig.Forget();

        _rig.Unmap(page, 1);

        Assert.Equal(("", story), (_rig.Layout(), _rig.Story()));
        Assert.Equal((inodeCount, 1), (_rig.Driver.Inode.Count, _rig.Driver.UseCount));
    }

    [Fact]
    public void With_memory_for_one_piece_the_defect_loses_the_part_below_the_hole_only()
    {
        _rig.Machine.Defects = KernelDefects.HolePunchLosesArea;
        KernelAddress spare = _rig.Kernel.Kmalloc(60);
        _rig.MapDevice(0, 3);
        _rig.UseUpSmallBlocks();
        _rig.Kernel.Kfree(spare);
        _rig.Forget();

        _rig.Unmap(1, 1);

        Assert.Equal(("2-3 rw-s", "unmap 1-2; open 2-3"), (_rig.Layout(), _rig.Story()));
    }

    [Fact]
    public void Unmapping_whole_areas_needs_no_memory()
    {
        _rig.MapDevice(0, 3);
        _rig.UseUpSmallBlocks();

        _rig.Unmap(0, 3);

        Assert.Empty(_rig.Layout());
    }
}
