using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Memory;

/// <summary>What a driver gets from <c>kmalloc</c> and <c>vmalloc</c>, and what it sees when there is no more.</summary>
public sealed class AllocatorTests : IDisposable
{
    private const ulong Page = Rig.Page;

    private readonly Machine _machine = new(MachineProfile.I386);

    private LinuxKernel Kernel => _machine.Kernel;

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Small_blocks_do_not_overlap()
    {
        KernelAddress[] blocks = [.. Enumerable.Range(0, 100).Select(_ => Kernel.Kmalloc(40))];

        for (int i = 0; i < blocks.Length; i++)
            Kernel.Access(blocks[i], 40).Fill((byte)i);

        for (int i = 0; i < blocks.Length; i++)
            Assert.True(Kernel.Access(blocks[i], 40).IndexOfAnyExcept((byte)i) < 0);
    }

    [Fact]
    public void Small_blocks_lie_in_memory_that_has_an_entry_in_the_map()
    {
        KernelAddress block = Kernel.Kmalloc(40);

        Assert.True(block < Kernel.HighMemory);
        Assert.False(Kernel.MemMap[Kernel.MapNr(block)].IsReserved);
    }

    [Fact]
    public void A_block_that_is_given_back_is_handed_out_again()
    {
        KernelAddress block = Kernel.Kmalloc(40);
        int free = Kernel.MemMap.FreeCount;

        for (int i = 0; i < 10_000; i++)
        {
            Kernel.Kfree(block);
            block = Kernel.Kmalloc(40);
        }

        Assert.Equal(free, Kernel.MemMap.FreeCount);
    }

    [Fact]
    public void More_than_the_largest_block_is_null() => Assert.True(Kernel.Kmalloc(4 << 20).IsNull);

    [Fact]
    public void A_vmalloc_buffer_is_contiguous_above_memory()
    {
        KernelAddress buffer = Kernel.Vmalloc(3 * Page);

        Assert.True(buffer >= Kernel.HighMemory);
        for (ulong i = 0; i < 3 * Page; i += 8)
            Kernel.Write(buffer + i, i);
        for (ulong i = 0; i < 3 * Page; i += 8)
            Assert.Equal(i, Kernel.Read<ulong>(buffer + i));
    }

    [Fact]
    public void A_guard_page_lies_between_two_buffers_and_touching_it_fails()
    {
        KernelAddress first = Kernel.Vmalloc(Page);
        KernelAddress second = Kernel.Vmalloc(Page);

        Assert.Equal(2 * Page, second - first);
        Assert.ThrowsAny<Exception>(() => Kernel.Read<int>(first + Page));
        Assert.ThrowsAny<Exception>(() => Kernel.Read<int>(first + Page - 2));
        Assert.ThrowsAny<Exception>(() => Kernel.Write(second + Page, 1));
    }

    [Fact]
    public void Each_page_of_a_buffer_is_a_page_of_its_own_with_one_reference()
    {
        KernelAddress buffer = Kernel.Vmalloc(2 * Page);
        KernelAddress[] pages = [Rig.PageBehind(Kernel, buffer), Rig.PageBehind(Kernel, buffer + Page)];
        Kernel.Write(buffer + Page, 42);

        Assert.NotEqual(pages[0], pages[1]);
        Assert.Equal(42, Kernel.Read<int>(pages[1]));
        Assert.All(pages, page => Assert.Equal(1, Kernel.MemMap[Kernel.MapNr(page)].Count));
    }

    [Fact]
    public void Vfree_gives_the_pages_back_and_the_addresses_are_no_longer_there()
    {
        Kernel.Vfree(Kernel.Vmalloc(Page));                  // the page table stays
        int free = Kernel.MemMap.FreeCount;
        KernelAddress buffer = Kernel.Vmalloc(4 * Page);
        Assert.Equal(free - 4, Kernel.MemMap.FreeCount);

        Kernel.Vfree(buffer);

        Assert.Equal(free, Kernel.MemMap.FreeCount);
        Assert.ThrowsAny<Exception>(() => Kernel.Read<int>(buffer));
    }

    [Fact]
    public void A_buffer_larger_than_memory_is_null_and_takes_nothing()
    {
        Kernel.Vfree(Kernel.Vmalloc(Page));
        int free = Kernel.MemMap.FreeCount;

        Assert.True(Kernel.Vmalloc(64 << 20).IsNull);
        Assert.Equal(free, Kernel.MemMap.FreeCount);
    }

    [Fact]
    public void A_driver_that_finds_no_memory_can_refuse_to_load()
    {
        using var small = new Machine(MachineProfile.I386, memorySize: 2 << 20);
        var driver = new TestDriver
        {
            OnInit = driver => driver.Kernel.Vmalloc(4 << 20).IsNull ? Errno.ENOMEM : driver.Register(),
        };

        Assert.Equal(Errno.EBUSY, small.Kernel.Insert(driver));
    }

    [Fact]
    public void A_driver_sees_that_there_is_no_memory_for_the_page_tables_of_a_mapping()
    {
        using var rig = new Rig(new RemapDriver());
        PhysicalAddress device = rig.AddMmio(new RecordingMmio(), pages: 1);
        rig.MapMemory(8, 1);                                        // beside its area there is room for another
        rig.UseUpMemory();

        Assert.Equal(Errno.EAGAIN, Assert.Throws<KernelException>(() => rig.MapDeviceAt(device, 0, 1)).Error);
        Assert.Equal(0, rig.Driver.UseCount);
    }
}
