using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Which methods of an area run at which event, in which order and over which pages, and what becomes of the device's inode count.</summary>
public sealed class CallbackOrderTests
{
    /// <summary>An event on a device mapping of pages 0-4 (unless the event maps first), and what it must lead to.</summary>
    private sealed record Row(Action<Rig> Event, string Callbacks, int InodeChange, int AreaChange)
    {
        public Action<Rig> Before { get; init; } = rig => rig.MapDevice(0, 4);
    }

    private static readonly Dictionary<string, Row> Table = new()
    {
        ["first mmap: only the method of the file, which counts for itself"] =
            new(rig => rig.MapDevice(0, 4), "mmap 0-4", +1, +1) { Before = rig => { rig.MapDevice(8, 1); } },
        ["munmap whole"] = new(rig => rig.Unmap(0, 4), "unmap 0-4; close 0-4", -1, -1),
        ["munmap more than the whole"] = new(rig => rig.Unmap(-2, 8), "unmap 0-4; close 0-4", -1, -1),
        ["munmap head: the rest is a copy"] = new(rig => rig.Unmap(0, 1), "unmap 0-1; open 1-4; close empty", 0, 0),
        ["munmap tail: the rest is a copy"] = new(rig => rig.Unmap(3, 1), "unmap 3-4; open 0-3; close empty", 0, 0),
        ["munmap middle: end piece first, then start piece"] =
            new(rig => rig.Unmap(1, 1), "unmap 1-2; open 2-4; open 0-1; close empty", +1, +1),
        ["munmap beside the area"] = new(rig => rig.Unmap(4, 2), "", 0, 0),
        ["munmap of length 0"] = new(rig => rig.Unmap(1, 0), "", 0, 0),
        ["exit"] = new(rig => rig.Process.Exit(), "unmap 0-4; close 0-4", -1, -1)
        {
            Before = rig =>
            {
                rig.MapDevice(0, 4);
                rig.Process.Close(rig.Fd);
            },
        },
        ["fork"] = new(rig => rig.Process.Fork(), "open 0-4", +1, +1),
        ["fork and exit of the child"] = new(rig => rig.Process.Fork().Exit(), "open 0-4; unmap 0-4; close 0-4", 0, 0),
        ["close of the file"] = new(rig => rig.Process.Close(rig.Fd), "", -1, 0),
        ["mmap after a neighbour that goes on: the new area is absorbed"] = new(rig => rig.MapDevice(4, 2, offset: 4), "mmap 4-6; close empty", 0, 0),
        ["mmap before a neighbour that goes on: the old area is absorbed"] =
            new(rig => rig.MapDevice(0, 2), "mmap 0-2; close empty", 0, 0) { Before = rig => rig.MapDevice(2, 2, offset: 2) },
        ["mmap in a gap between two that go on: both later ones are absorbed"] =
            new(rig => rig.MapDevice(1, 1, offset: 1), "mmap 1-2; close empty; close empty", -1, -1)
            {
                Before = rig =>
                {
                    rig.MapDevice(0, 1);
                    rig.MapDevice(2, 1, offset: 2);
                },
            },
        ["mmap beside a neighbour whose offset does not go on"] = new(rig => rig.MapDevice(4, 2, offset: 0), "mmap 4-6", +1, +1),
        ["mmap beside a neighbour with other rights"] = new(rig => rig.MapDevice(4, 2, offset: 4, Protection.Read), "mmap 4-6", +1, +1),
        ["mmap over the whole: the old mapping goes before the driver is asked"] = new(rig => rig.MapDevice(0, 4), "unmap 0-4; close 0-4; mmap 0-4", 0, 0),
        ["mprotect whole"] = new(rig => rig.Protect(0, 4, Protection.Read), "", 0, 0),
        ["mprotect to what it is"] = new(rig => rig.Protect(1, 2, Protection.ReadWrite), "", 0, 0),
        ["mprotect head: the head is the copy"] = new(rig => rig.Protect(0, 1, Protection.Read), "open 0-1", +1, +1),
        ["mprotect tail: the tail is the copy"] = new(rig => rig.Protect(3, 1, Protection.Read), "open 3-4", +1, +1),
        ["mprotect middle: what is left on both sides is copies"] = new(rig => rig.Protect(1, 2, Protection.Read), "open 0-1; open 3-4", +2, +2),
        ["mprotect back to what it was: the pieces are absorbed"] =
            new(rig => rig.Protect(1, 2, Protection.ReadWrite), "close empty; close empty", -2, -2)
            {
                Before = rig =>
                {
                    rig.MapDevice(0, 4);
                    rig.Protect(1, 2, Protection.Read);
                },
            },
        ["mprotect over two areas"] = new(rig => rig.Protect(3, 2, Protection.Read), "open 3-4; open 4-5; close empty", +1, +1)
        {
            Before = rig =>
            {
                rig.MapDevice(0, 4);
                rig.MapDevice(4, 4, offset: 4, Protection.Read | Protection.Exec);
            },
        },
        ["mlock whole"] = new(rig => rig.Lock(0, 4), "", 0, 0),
        ["mlock head"] = new(rig => rig.Lock(0, 1), "open 0-1", +1, +1),
        ["mlock tail"] = new(rig => rig.Lock(3, 1), "open 3-4", +1, +1),
        ["mlock middle"] = new(rig => rig.Lock(1, 2), "open 0-1; open 3-4", +2, +2),
        ["munlock of what was locked: the pieces are absorbed"] = new(rig => rig.Unlock(1, 2), "close empty; close empty", -2, -2)
        {
            Before = rig =>
            {
                rig.MapDevice(0, 4);
                rig.Lock(1, 2);
            },
        },
        ["munlock of what was never locked"] = new(rig => rig.Unlock(1, 2), "", 0, 0),
        ["exec"] = new(rig => rig.Process.Exec(), "unmap 0-4; close 0-4", -1, -1),
        ["fork and exec of the child"] = new(rig => rig.Process.Fork().Exec(), "open 0-4; unmap 0-4; close 0-4", 0, 0),
        ["clone with a shared address space"] = new(rig => rig.Process.Clone(CloneFlags.Vm), "", 0, 0),
        ["clone with a shared address space and exit of the child"] = new(rig => rig.Process.Clone(CloneFlags.Vm | CloneFlags.Files).Exit(), "", 0, 0),
        ["clone with a shared address space and exec of the child"] = new(rig => rig.Process.Clone(CloneFlags.Vm).Exec(), "", 0, 0),
        ["clone without sharing: as fork"] = new(rig => rig.Process.Clone(CloneFlags.None), "open 0-4", +1, +1),
        ["mremap shrink: as munmap of the tail"] = new(rig => rig.Remap(0, 4, 1), "unmap 1-4; open 0-1; close empty", 0, 0),
        ["mremap to the same size"] = new(rig => rig.Remap(0, 4, 4), "", 0, 0),
        ["mremap grow in place"] = new(rig => rig.Remap(0, 4, 6), "", 0, 0),
        ["mremap move"] =
            new(rig => rig.Remap(0, 4, 6, MremapFlags.MayMove), "open new 0-6; unmap 0-4; close 0-4", 0, 0)
            {
                Before = rig =>
                {
                    rig.MapDevice(0, 4);
                    rig.MapMemory(4, 1);
                },
            },
        ["mremap of nothing that may move: a second mapping of the same place"] =
            new(rig => rig.Remap(0, 0, 1, MremapFlags.MayMove), "open new 0-1", +1, +1),
        ["mremap move of the tail only"] =
            new(rig => rig.Remap(2, 2, 6, MremapFlags.MayMove), "open new 0-6; unmap 2-4; open 0-2; close empty", +1, +1)
            {
                Before = rig =>
                {
                    rig.MapDevice(0, 4);
                    rig.MapMemory(4, 1);
                },
            },
        ["mremap move to where a neighbour goes on: the moved area is absorbed"] =
            new(rig => rig.Remap(0, 2, 4, MremapFlags.MayMove), "open new 0-4; close empty; unmap 0-2; close 0-2", -1, -1)
            {
                Before = rig =>
                {
                    rig.MapDevice(0, 2, offset: 2);
                    rig.MapMemory(2, 8);
                    rig.MapDevice(10, 2);
                },
            },
    };

    public static TheoryData<string> Events => [.. Table.Keys];

    [Theory, MemberData(nameof(Events))]
    public void Each_event_runs_these_callbacks(string name)
    {
        Row row = Table[name];
        using var rig = new Rig();
        row.Before(rig);
        int inodeCount = rig.Driver.Inode.Count;
        int useCount = rig.Driver.UseCount;
        rig.Forget();

        row.Event(rig);

        Assert.Equal(row.Callbacks, rig.Story());
        Assert.Equal(row.InodeChange, rig.Driver.Inode.Count - inodeCount);
        Assert.Equal(row.AreaChange, rig.Driver.UseCount - useCount);
    }

    [Fact]
    public void Munmap_takes_the_pages_out_before_close_and_exit_does_it_after()
    {
        List<int> countsInClose = [];
        var driver = new PageDriver(pages: 1)
        {
            OnClose = (driver, _) =>
            {
                countsInClose.Add(((PageDriver)driver).PageAt(0).Count);
                driver.DecrementUseCount();
            },
        };
        using var rig = new Rig(driver);

        rig.Process.Load<byte>(rig.MapDevice(0, 1));
        rig.Unmap(0, 1);
        rig.Process.Load<byte>(rig.MapDevice(0, 1));
        rig.Process.Exit();

        Assert.Equal([1, 2], countsInClose);
    }

    [Fact]
    public void Munmap_takes_the_pages_out_after_unmap()
    {
        int countInUnmap = 0;
        using var rig = new Rig(new PageDriver(pages: 1) { OnUnmap = (driver, _, _, _) => countInUnmap = ((PageDriver)driver).PageAt(0).Count });

        rig.Process.Load<byte>(rig.MapDevice(0, 1));
        rig.Unmap(0, 1);

        Assert.Equal(2, countInUnmap);
    }

    [Fact]
    public void Fork_copies_the_pages_before_open_and_the_copy_is_not_locked()
    {
        int countInOpen = 0;
        VmFlags flagsInOpen = VmFlags.Locked;
        var driver = new PageDriver(pages: 1)
        {
            OnMmap = (driver, inode, area) =>
            {
                area.Flags |= VmFlags.Locked;
                return driver.CountedMmap(inode, area);
            },
            OnOpen = (driver, area) =>
            {
                countInOpen = ((PageDriver)driver).PageAt(0).Count;
                flagsInOpen = area.Flags;
                driver.IncrementUseCount();
            },
        };
        using var rig = new Rig(driver);
        rig.Process.Load<byte>(rig.MapDevice(0, 1));

        rig.Process.Fork();

        Assert.Equal(3, countInOpen);
        Assert.False(flagsInOpen.HasFlag(VmFlags.Locked));
    }

    [Fact]
    public void Growing_in_place_tells_the_driver_nothing_until_the_new_page_is_touched()
    {
        using var rig = new Rig(new PageDriver(pages: 4));
        rig.MapDevice(0, 1);
        rig.Forget();

        rig.Remap(0, 1, 2);
        Assert.Empty(rig.Story());

        rig.Process.Load<byte>(Rig.At(1));
        Assert.Equal("nopage 1-2", rig.Story());
    }

    [Fact]
    public void At_exit_the_areas_go_before_the_files()
    {
        string callsAtRelease = "";
        Rig? rig = null;
        rig = new Rig(new TestDriver { OnRelease = _ => callsAtRelease = rig!.Story() });
        using (rig)
        {
            rig.MapDevice(0, 1);

            rig.Process.Exit();

            Assert.Equal("mmap 0-1; unmap 0-1; close 0-1", callsAtRelease);
        }
    }

    [Fact]
    public void A_mapping_does_not_keep_its_file_open()
    {
        bool isReleased = false;
        using var rig = new Rig(new TestDriver { OnRelease = _ => isReleased = true });
        rig.MapDevice(0, 1);

        rig.Process.Close(rig.Fd);

        Assert.True(isReleased);
        Assert.Equal(1, rig.Driver.UseCount);
    }

    [Fact]
    public void The_file_is_released_when_the_last_process_that_has_it_is_gone()
    {
        int releases = 0;
        using var rig = new Rig(new TestDriver { OnRelease = _ => releases++ });
        Process child = rig.Process.Fork();

        rig.Process.Exit();
        Assert.Equal(0, releases);

        child.Exit();
        Assert.Equal(1, releases);
    }

    [Fact]
    public void At_exit_the_current_process_has_lost_its_address_space_when_close_runs()
    {
        AddressSpace? ofCurrent = null;
        AddressSpace? ofArea = null;
        using var rig = new Rig(new TestDriver
        {
            OnClose = (driver, area) =>
            {
                ofCurrent = driver.Kernel.Current?.AddressSpace;
                ofArea = area.AddressSpace;
                driver.DecrementUseCount();
            },
        });
        AddressSpace space = rig.Process.AddressSpace;
        rig.MapDevice(0, 1);

        rig.Process.Exit();

        Assert.Same(space, ofArea);
        Assert.Same(rig.Kernel.InitMm, ofCurrent);
    }

    [Fact]
    public void At_fork_open_runs_in_the_parent_with_the_area_of_the_child()
    {
        Process? current = null;
        AddressSpace? ofArea = null;
        using var rig = new Rig(new TestDriver
        {
            OnOpen = (driver, area) =>
            {
                current = driver.Kernel.Current;
                ofArea = area.AddressSpace;
                driver.IncrementUseCount();
            },
        });
        rig.MapDevice(0, 1);

        Process child = rig.Process.Fork();

        Assert.Same(rig.Process, current);
        Assert.Same(child.AddressSpace, ofArea);
    }
}
