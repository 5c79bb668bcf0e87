using CsCheck;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>The pages of files in memory: how long they stay and who counts them.</summary>
public sealed class PageCacheTests
{
    private const int Page = FileRig.Page;

    [Fact]
    public void A_page_is_read_from_the_disk_once_and_counted_once()
    {
        using var rig = new FileRig(2 * Page);
        int fd = rig.Open();

        rig.Read(fd, 2 * Page);
        int free = rig.Kernel.MemMap.FreeCount;
        rig.Process.Lseek(fd, 0, SeekWhence.Start);
        rig.Read(fd, 2 * Page);

        Assert.Equal(free, rig.Kernel.MemMap.FreeCount);
        Assert.Equal(2, Cache(rig).Count);
        Assert.Equal(1, Cache(rig).Find(rig.Inode, 0)!.Count);
    }

    [Fact]
    public void Every_entry_counts_the_page_once_more()
    {
        using var rig = new FileRig(Page);
        UserAddress first = rig.Map(1);
        UserAddress second = rig.Map(1, MapFlags.Private);
        rig.Process.Load<byte>(first);
        rig.Process.Load<byte>(second);
        Page page = Cache(rig).Find(rig.Inode, 0)!;

        Assert.Equal(3, page.Count);
        rig.Process.Munmap(first, Page);
        Assert.Equal(2, page.Count);
        rig.Process.Store<byte>(second, 1);
        Assert.Equal(1, page.Count);
    }

    [Fact]
    public void Shrinking_frees_what_nobody_else_counts_and_no_more_than_asked()
    {
        using var rig = new FileRig(3 * Page);
        UserAddress at = rig.Map(1);
        rig.Process.Load<byte>(at);
        rig.Read(rig.Open(), 3 * Page);
        int free = rig.Kernel.MemMap.FreeCount;

        Assert.Equal(1, rig.Shrink(1));
        Assert.Equal(1, rig.Shrink(10));

        Assert.Equal(free + 2, rig.Kernel.MemMap.FreeCount);
        Assert.NotNull(Cache(rig).Find(rig.Inode, 0));
        Assert.Equal(0, rig.Shrink(10));
    }

    [Fact]
    public void A_page_that_was_dropped_comes_back_as_the_disk_has_it()
    {
        using var rig = new FileRig(Page);
        UserAddress at = rig.Map(1);
        rig.Process.Store<byte>(at, 99);
        rig.Process.Munmap(at, Page);

        Assert.Equal(1, rig.Shrink(1));

        Assert.Equal(99, rig.Read(rig.Open(), 1)[0]);
    }

    [Fact]
    public void A_page_with_one_entry_can_be_taken_out()
    {
        using var rig = new FileRig(Page);
        using KernelLock.Held held = rig.Kernel.Lock.Enter();
        rig.Process.Load<byte>(rig.Map(1));
        Page page = Cache(rig).Find(rig.Inode, 0)!;
        page.Hold();
        Assert.False(Cache(rig).Unuse(page));
        rig.Kernel.MemMap.Drop(page);

        Assert.True(Cache(rig).Unuse(page));

        Assert.Equal(1, page.Count);
        Assert.Null(Cache(rig).Find(rig.Inode, 0));
    }

    [Fact]
    public void Shutdown_gives_all_pages_back_without_a_complaint()
    {
        var rig = new FileRig(3 * Page);
        int free = rig.Kernel.MemMap.FreeCount;
        rig.Read(rig.Open(), 3 * Page);
        rig.Process.Load<byte>(rig.Map(2) + Page);

        Assert.Empty(rig.Machine.Shutdown());

        Assert.True(rig.Kernel.MemMap.FreeCount > free);
        Assert.Equal(0, Cache(rig).Count);
    }

    [Fact]
    public void Faults_on_cached_pages_do_not_allocate()
    {
        using var rig = new FileRig(4 * Page);
        UserAddress at = rig.Map(4);
        Fault(rig, at);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Fault(rig, at);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Whatever_is_written_stored_dropped_and_truncated_the_file_is_the_array_that_it_should_be() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, (3 * Page) - 1], Gen.Byte[1, 255]).Array[1, 30].Sample(Play, iter: 200);

    /// <summary>Plays steps on a file and on an array. A mapping stores inside the file only, and what is behind a new end is forgotten.</summary>
    private static void Play((int Kind, int Position, byte Value)[] steps)
    {
        using var rig = new FileRig(3 * Page);
        byte[] model = FileRig.Pattern(3 * Page);
        int fd = rig.Open();
        UserAddress at = rig.Map(3);
        foreach ((int kind, int position, byte value) in steps)
        {
            switch (kind)
            {
                case 0 when position < model.Length:
                    rig.Process.Store(at + (ulong)position, value);
                    model[position] = value;
                    break;
                case 1:
                    rig.Process.Lseek(fd, position, SeekWhence.Start);
                    rig.Write(fd, value);
                    Array.Resize(ref model, Math.Max(model.Length, position + 1));
                    model[position] = value;
                    break;
                case 2:
                    rig.Process.Ftruncate(fd, (ulong)position);
                    Array.Resize(ref model, position);
                    break;
                case 3:
                    rig.Sync(at, 3, MsyncFlags.Sync | MsyncFlags.Invalidate);
                    rig.Shrink(3);
                    break;
                default:
                    rig.Process.Fork().Exit();
                    break;
            }

            rig.Process.Lseek(fd, 0, SeekWhence.Start);
            Assert.Equal(model, rig.Read(fd, 3 * Page));
        }

        rig.Process.Exit();
        Assert.Equal(model, rig.Disk);
        Assert.Empty(rig.Machine.Shutdown());
    }

    private static void Fault(FileRig rig, UserAddress at)
    {
        for (ulong page = 0; page < 4; page++)
            rig.Process.Load<byte>(at + (page * Page));
        rig.Sync(at, 4, MsyncFlags.Invalidate);
    }

    private static PageCache Cache(FileRig rig) => rig.Kernel.Vm.PageCache;
}
