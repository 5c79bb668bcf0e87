using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Files when memory is short: their pages go first, and nothing that was stored is lost.</summary>
public sealed class FilePressureTests
{
    private const int Page = FileRig.Page;

    [Fact]
    public void A_file_larger_than_memory_can_be_read_without_a_swap_device()
    {
        using var rig = new FileRig(6 << 20);
        int fd = rig.Open();

        for (int done = 0; done < 6 << 20; done += Page)
            Assert.Equal(Page, rig.Process.Read(fd, rig.Buffer, Page));

        Assert.Equal(FileRig.Pattern(6 << 20)[^Page..], rig.Bytes(rig.Buffer, Page));
    }

    [Fact]
    public void A_shared_mapping_larger_than_memory_keeps_every_store()
    {
        const int Pages = 1200;
        using var rig = new FileRig(Pages * Page);
        UserAddress at = rig.Map(Pages);

        for (int page = 0; page < Pages; page++)
            rig.Process.Store(at + (ulong)(page * Page), page + 1);
        for (int page = 0; page < Pages; page++)
            Assert.Equal(page + 1, rig.Process.Load<int>(at + (ulong)(page * Page)));

        rig.Process.Exit();
        Assert.Equal(BitConverter.GetBytes(Pages), rig.Disk[((Pages - 1) * Page)..][..4]);
        Assert.Empty(rig.Machine.Shutdown());
    }

    [Fact]
    public void A_clean_page_that_is_stolen_leaves_the_cache_with_its_last_entry()
    {
        using var rig = new FileRig(Page);
        UserAddress at = rig.Map(1);
        rig.Process.Load<byte>(at);
        int free = rig.Kernel.MemMap.FreeCount;

        Assert.Equal(1, rig.Kernel.FreePagesByStealing(1));

        Assert.Equal(0, rig.Kernel.Vm.PageCache.Count);
        Assert.Equal(free + 1, rig.Kernel.MemMap.FreeCount);
        Assert.Equal(1, rig.Process.Load<byte>(at));
    }

    [Fact]
    public void A_private_page_that_was_stored_to_goes_to_swap_and_not_to_the_file()
    {
        using var rig = new FileRig(Page);
        rig.Kernel.AddSwap(16);
        UserAddress at = rig.Map(1, MapFlags.Private);
        rig.Process.Store<byte>(at, 99);

        rig.Kernel.FreePagesByStealing(2);

        Assert.False(rig.Entry(at).IsPresent);
        Assert.Equal(99, rig.Process.Load<byte>(at));
        Assert.Equal(1, rig.Disk[0]);
    }
}
