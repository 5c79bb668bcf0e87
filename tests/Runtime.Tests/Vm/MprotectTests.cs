using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary><c>mprotect</c>: what becomes of areas, entries and rights. Its callbacks are rows of <see cref="CallbackOrderTests"/>.</summary>
public sealed class MprotectTests : IDisposable
{
    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(0, 4, "0-4 r--s")]
    [InlineData(0, 1, "0-1 r--s; 1-4 rw-s")]
    [InlineData(3, 1, "0-3 rw-s; 3-4 r--s")]
    [InlineData(1, 2, "0-1 rw-s; 1-3 r--s; 3-4 rw-s")]
    public void A_part_becomes_an_area_of_its_own(int page, int pages, string layout)
    {
        _rig.MapDevice(0, 4);

        _rig.Protect(page, pages, Protection.Read);

        Assert.Equal(layout, _rig.Layout());
    }

    [Fact]
    public void Every_piece_knows_its_place_in_the_object()
    {
        _rig.MapDevice(0, 4, offset: 10);

        _rig.Protect(1, 2, Protection.Read);

        Assert.Equal([10, 11, 13], _rig.Process.AddressSpace.Areas.Select(area => (int)(area.Offset / Rig.Page)));
    }

    [Fact]
    public void Splitting_and_joining_again_leaves_one_area_with_its_counts()
    {
        _rig.MapDevice(0, 5);
        int inodeCount = _rig.Driver.Inode.Count;

        _rig.Protect(1, 1, Protection.Exec);
        _rig.Protect(3, 1, Protection.Write);
        _rig.Protect(1, 4, Protection.ReadWrite);

        Assert.Equal("0-5 rw-s", _rig.Layout());
        Assert.Equal((inodeCount, 1), (_rig.Driver.Inode.Count, _rig.Driver.UseCount));
    }

    [Fact]
    public void A_page_without_any_right_cannot_be_touched_and_keeps_what_it_holds()
    {
        _rig.MapMemory(0, 1);
        _rig.Process.Store(Rig.At(0), 42);

        _rig.Protect(0, 1, Protection.None);
        Assert.Equal(Signal.SIGSEGV, Assert.Throws<SignalException>(() => _rig.Process.Load<int>(Rig.At(0))).Signal);

        _rig.Protect(0, 1, Protection.ReadWrite);
        Assert.Equal(42, _rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void Rights_that_are_taken_away_are_gone_at_once()
    {
        _rig.MapMemory(0, 1);
        _rig.Process.Store(Rig.At(0), 42);

        _rig.Protect(0, 1, Protection.Read);

        Assert.Equal(Signal.SIGSEGV, Assert.Throws<SignalException>(() => _rig.Process.Store(Rig.At(0), 1)).Signal);
    }

    [Fact]
    public void A_private_page_that_may_be_written_again_is_copied_only_when_somebody_else_has_it()
    {
        _rig.MapMemory(0, 1);
        _rig.Process.Store(Rig.At(0), 42);
        Process child = _rig.Process.Fork();
        _rig.Protect(0, 1, Protection.Read);
        _rig.Protect(0, 1, Protection.ReadWrite);

        _rig.Process.Store(Rig.At(0), 43);

        Assert.Equal(42, child.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void Entries_keep_frame_accessed_and_dirty_but_lose_the_bits_that_a_driver_added()
    {
        using var rig = new Rig(new TestDriver
        {
            OnMmap = (driver, inode, area) =>
            {
                area.PageProtection = driver.Kernel.NonCached(area.PageProtection);
                Errno error = driver.Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
                return error == Errno.None ? driver.CountedMmap(inode, area) : error;
            },
        });
        PageTableFormat format = rig.Machine.Profile.PageTable;
        rig.MapDeviceAt(rig.AddMmio(new RecordingMmio(), pages: 1), 0, 1);
        rig.Process.Store(Rig.At(0), 1);
        PageTableEntry before = rig.Entry(0);
        Assert.True(before.IsCacheDisabled);

        rig.Protect(0, 1, Protection.Read);

        PageTableEntry after = rig.Entry(0);
        Assert.Equal(before.Frame, after.Frame);
        Assert.Equal(format.Dirty | format.Accessed, after.Value & (format.Dirty | format.Accessed));
        Assert.False(after.IsCacheDisabled || after.IsWritable);
        Assert.False(format.Uncached.In(rig.Process.AddressSpace.Areas[0].PageProtection.Bits));
    }

    [Fact]
    public void Where_no_page_is_there_is_nothing_to_change()
    {
        _rig.MapDevice(0, 1);

        _rig.Protect(0, 1, Protection.Read);

        Assert.Equal(0, _rig.Process.AddressSpace.ResidentPages);
    }

    [Theory]
    [InlineData(1, 4096, Protection.Read)]
    [InlineData(4096, 0xFFFF_F000, Protection.Read)]
    [InlineData(0, 4096, (Protection)8)]
    public void Nonsense_is_EINVAL(long offset, ulong length, Protection protection)
    {
        _rig.MapMemory(0, 2);

        Assert.Equal(-(long)Errno.EINVAL, _rig.Process.SysMprotect(Rig.Base + (ulong)offset, length, protection));
    }

    [Fact]
    public void Length_zero_is_nothing_to_do_even_where_nothing_is_mapped() =>
        Assert.Equal(0, _rig.Process.SysMprotect(Rig.At(0), 0, Protection.Read));

    [Fact]
    public void Nothing_mapped_is_EFAULT() =>
        Assert.Equal(Errno.EFAULT, Assert.Throws<KernelException>(() => _rig.Protect(0, 1, Protection.Read)).Error);

    [Fact]
    public void A_hole_is_EFAULT_and_what_lies_before_it_has_changed()
    {
        _rig.MapMemory(0, 2);
        _rig.MapMemory(3, 1);

        Assert.Equal(Errno.EFAULT, Assert.Throws<KernelException>(() => _rig.Protect(1, 3, Protection.Read)).Error);

        Assert.Equal("0-1 rw-p; 1-2 r--p; 3-4 rw-p", _rig.Layout());
    }

    [Fact]
    public void Writing_what_was_opened_for_reading_and_mapped_shared_is_EACCES()
    {
        using var rig = new Rig(open: OpenFlags.ReadOnly);
        rig.MapDevice(0, 1, protection: Protection.Read);
        rig.MapDevice(1, 1, offset: 1, Protection.Read, MapFlags.Private);

        Assert.Equal(Errno.EACCES, Assert.Throws<KernelException>(() => rig.Protect(0, 1, Protection.ReadWrite)).Error);
        rig.Protect(1, 1, Protection.ReadWrite);
    }

    [Fact]
    public void An_area_that_may_not_change_stops_the_call_and_those_before_keep_the_change()
    {
        using var rig = new Rig(open: OpenFlags.ReadOnly);
        rig.MapMemory(0, 1, Protection.Read);
        rig.MapDevice(1, 1, protection: Protection.Read);

        Assert.Equal(-(long)Errno.EACCES, rig.Process.SysMprotect(Rig.At(0), 2 * Rig.Page, Protection.ReadWrite));

        Assert.Equal("0-1 rw-p; 1-2 r--s", rig.Layout());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void An_oops_of_open_kills_the_process_and_no_piece_keeps_its_inode(int page, int pages)
    {
        using var rig = new Rig(new TestDriver { OnOpen = (_, _) => throw new InvalidOperationException("a bug") });
        rig.MapDevice(0, 3);

        Assert.NotNull(Assert.Throws<SignalException>(() => rig.Protect(page, pages, Protection.Read)).Oops);

        Assert.Equal((false, 0), (rig.Process.IsAlive, rig.Driver.Inode.Count));
    }

    [Fact]
    public void Without_memory_for_the_pieces_it_is_ENOMEM_and_nothing_has_changed()
    {
        _rig.MapDevice(0, 3);
        _rig.UseUpSmallBlocks();
        _rig.Forget();

        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMprotect(Rig.At(1), Rig.Page, Protection.Read));
        Assert.Equal(-(long)Errno.ENOMEM, _rig.Process.SysMprotect(Rig.At(0), Rig.Page, Protection.Read));

        Assert.Equal(("0-3 rw-s", ""), (_rig.Layout(), _rig.Story()));
    }
}
