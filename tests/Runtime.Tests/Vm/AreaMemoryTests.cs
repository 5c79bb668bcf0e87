using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Areas and address spaces are objects of the kernel: without memory there are no new ones, and they give back what they took.</summary>
public sealed class AreaMemoryTests : IDisposable
{
    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    private int Free => _rig.Kernel.MemMap.FreeCount;

    [Fact]
    public void Mmap_without_memory_for_the_area_is_ENOMEM_before_anything_goes()
    {
        _rig.MapDevice(0, 1);
        _rig.UseUpSmallBlocks();
        _rig.Forget();

        Assert.Equal(Errno.ENOMEM, Assert.Throws<KernelException>(() => _rig.MapDevice(0, 1)).Error);

        Assert.Equal(("0-1 rw-s", ""), (_rig.Layout(), _rig.Story()));
    }

    [Fact]
    public void Mmap_over_the_middle_of_an_area_without_memory_for_the_pieces_is_ENOMEM_and_the_driver_is_not_asked()
    {
        KernelAddress spare = _rig.Kernel.Kmalloc(60);
        _rig.MapDevice(0, 3);
        _rig.UseUpSmallBlocks();
        _rig.Kernel.Kfree(spare);                                   // for the new area
        _rig.Forget();

        Assert.Equal(Errno.ENOMEM, Assert.Throws<KernelException>(() => _rig.MapDevice(1, 1)).Error);

        Assert.Equal(("0-3 rw-s", ""), (_rig.Layout(), _rig.Story()));
        Assert.False(_rig.Kernel.Kmalloc(60).IsNull);
    }

    [Fact]
    public void A_move_without_memory_for_the_area_is_ENOMEM_and_leaves_the_mapping()
    {
        _rig.Process.Store(_rig.MapDevice(0, 1), 42);
        _rig.MapMemory(1, 1);
        _rig.UseUpSmallBlocks();

        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMremap(Rig.At(0), Rig.Page, 2 * Rig.Page, MremapFlags.MayMove));

        Assert.Equal(42, _rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void A_move_of_a_part_without_memory_for_the_rest_is_ENOMEM_and_moves_nothing()
    {
        KernelAddress spare = _rig.Kernel.Kmalloc(60);
        _rig.Process.Store(_rig.MapDevice(0, 3), 42);
        _rig.UseUpSmallBlocks();
        _rig.Kernel.Kfree(spare);
        _rig.Forget();

        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMremap(Rig.At(0), Rig.Page, 2 * Rig.Page, MremapFlags.MayMove));

        Assert.Equal(("0-3 rw-s", ""), (_rig.Layout(), _rig.Story()));
        Assert.Equal(42, _rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void Shrinking_without_memory_for_the_rest_is_ENOMEM_and_shrinks_nothing()
    {
        _rig.MapDevice(0, 3);
        _rig.UseUpSmallBlocks();

        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMremap(Rig.At(0), 3 * Rig.Page, Rig.Page, MremapFlags.None));

        Assert.Equal("0-3 rw-s", _rig.Layout());
    }

    [Fact]
    public void A_break_without_memory_for_the_rest_stays()
    {
        UserAddress start = _rig.Process.Brk(default);
        _rig.Process.Brk(start + (3 * Rig.Page));
        _rig.UseUpSmallBlocks();

        Assert.Equal(start + (3 * Rig.Page), _rig.Process.Brk(start + Rig.Page));
    }

    [Fact]
    public void Fork_without_memory_for_the_first_area_is_ENOMEM()
    {
        _rig.MapDevice(0, 1);
        _rig.UseUpSmallBlocks();
        _rig.Forget();

        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysFork());

        Assert.Equal(("", 1), (_rig.Story(), _rig.Driver.UseCount));
    }

    [Fact]
    public void Whatever_is_done_with_areas_all_memory_comes_back()
    {
        Process process = _rig.Kernel.Spawn();
        Process other = _rig.Kernel.Spawn();
        int free = Free;
        for (int round = 0; round < 100; round++)
        {
            for (int page = 0; page < 100; page += 5)
                _rig.MapMemory(page, 4, by: process);
            process.Mprotect(Rig.At(1), Rig.Page, Protection.Read);
            process.Munmap(Rig.At(6), Rig.Page);
            process.Mprotect(Rig.At(1), Rig.Page, Protection.ReadWrite);
            process.Mremap(Rig.At(0), 4 * Rig.Page, 8 * Rig.Page, MremapFlags.MayMove);
            process.Fork().Exit();
            process.Munmap(default, _rig.Machine.Profile.TaskSize);
        }

        process.Exit();
        other.Exit();

        Assert.InRange(Free, free, free + 2);
    }

    [Fact]
    public void A_refused_mapping_gives_the_area_back()
    {
        using var rig = new Rig(new TestDriver { OnMmap = (_, _, _) => Errno.EIO });
        rig.MapMemory(0, 1);
        int free = rig.Kernel.MemMap.FreeCount;

        for (int i = 0; i < 200; i++)
            Assert.Throws<KernelException>(() => rig.MapDevice(2, 1));

        Assert.Equal(free, rig.Kernel.MemMap.FreeCount);
    }
}
