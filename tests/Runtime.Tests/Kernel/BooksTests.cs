using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Kernel;

/// <summary>A driver that loses count is found out when it is removed or the machine is shut down, under the id of the rule that it broke.</summary>
public sealed class BooksTests
{
    /// <summary>What the processes do; each life ends with everything unmapped, closed and exited.</summary>
    private static readonly Dictionary<string, Action<Rig>> Lives = new()
    {
        ["map, touch and unmap"] = rig =>
        {
            rig.MapDevice(0, 2);
            rig.Process.Load<byte>(Rig.At(0));
            rig.Unmap(0, 2);
        },
        ["map, touch and exit"] = rig =>
        {
            rig.MapDevice(0, 2);
            rig.Process.Store<byte>(Rig.At(1), 1);
        },
        ["fork, and the parent ends first"] = rig =>
        {
            rig.MapDevice(0, 2);
            rig.Process.Load<byte>(Rig.At(0));
            Process child = rig.Process.Fork();
            rig.Process.Exit();
            child.Load<byte>(Rig.At(1));
            child.Exit();
        },
        ["split in the middle"] = rig =>
        {
            rig.MapDevice(0, 3);
            rig.Process.Load<byte>(Rig.At(0));
            rig.Unmap(1, 1);
        },
        ["merge with a neighbour"] = rig =>
        {
            rig.MapDevice(0, 1);
            rig.Process.Load<byte>(Rig.At(0));
            rig.MapDevice(1, 1, offset: 1);
        },
        ["move"] = rig =>
        {
            rig.MapDevice(0, 2);
            rig.Process.Load<byte>(Rig.At(0));
            rig.MapMemory(2, 1);
            rig.Remap(0, 2, 3, MremapFlags.MayMove);
        },
        ["close the file early"] = rig =>
        {
            rig.MapDevice(0, 1);
            rig.Process.Close(rig.Fd);
            rig.Process.Load<byte>(Rig.At(0));
        },
        ["ask for pages beyond the device"] = rig =>
        {
            rig.MapDevice(0, 1);
            rig.Process.Load<byte>(Rig.At(0));
            rig.Process.SysMmap(default, Rig.Page, Protection.Read, MapFlags.Shared, rig.Fd, 9 * Rig.Page);   // some drivers refuse
        },
    };

    /// <summary>Drivers that do it another way, which is right as well.</summary>
    private static readonly Dictionary<string, Func<TestDriver>> Correct = new()
    {
        ["pages with a reference each"] = () => new PageDriver(4),
        ["anonymous memory behind the device"] = () => new TestDriver(),
        ["mmap counts through its open method"] = () => new PageDriver(4)
        {
            OnMmap = (driver, inode, area) =>
            {
                area.Inode = inode;
                inode.Get();
                area.Operations = driver.Operations;
                area.Operations.Open!(area);
                return Errno.None;
            },
        },
        ["a fresh page for each fault brings its own reference"] = () => new TestDriver { OnNopage = (driver, _, _, _) => driver.Kernel.GetFreePage() },
        ["a reserved page needs no reference"] = () => new PageDriver(4)
        {
            OnNopage = (driver, area, address, _) =>
            {
                KernelAddress page = ((PageDriver)driver).Uncounted(area, address);
                driver.Kernel.ReservePage(page);
                return page;
            },
            OnCleanup = driver =>
            {
                foreach (KernelAddress page in ((PageDriver)driver).Pages)
                    driver.Kernel.UnreservePage(page);
                ((PageDriver)driver).FreePages();
            },
        },
        ["the module counts once for all its mappings"] = OneUseForAll,
        ["no inode and no operations"] = () => new TestDriver { OnMmap = (_, _, _) => Errno.None },
        ["the count is taken early and given back when mmap fails"] = () => new PageDriver(4)
        {
            OnMmap = (driver, inode, area) =>
            {
                Errno error = driver.CountedMmap(inode, area);
                if (area.Offset < 4 * Rig.Page)
                    return error;
                driver.DecrementUseCount();
                inode.Put();
                return Errno.ENXIO;
            },
        },
    };

    /// <summary>Each way of breaking a driver, and the rule that it breaks.</summary>
    private static readonly Dictionary<string, (string Rule, Func<TestDriver> Create)> Broken = new()
    {
        ["the first mapping is not counted"] = ("MMAP1001", () => new PageDriver(4)
        {
            OnMmap = (driver, inode, area) =>
            {
                area.Operations = driver.Operations;
                area.Inode = inode;
                inode.Get();
                return Errno.None;
            },
        }),
        ["the first mapping is counted only now and then"] = ("MMAP1001", () => new PageDriver(4)
        {
            OnMmap = (driver, inode, area) =>
            {
                if (area.Offset != 0)
                    return driver.CountedMmap(inode, area);
                area.Operations = driver.Operations;
                area.Inode = inode;
                inode.Get();
                return Errno.None;
            },
        }),
        ["the first mapping is counted and uncounted"] = ("MMAP1001", () => new PageDriver(4)
        {
            OnMmap = (driver, inode, area) =>
            {
                Errno error = driver.CountedMmap(inode, area);
                driver.DecrementUseCount();
                return error;
            },
        }),
        ["open counts and close does not"] = ("MMAP1002", () => new PageDriver(4) { OnClose = (_, _) => { } }),
        ["open counts and there is no close"] = ("MMAP1002", () => new PageDriver(4) { OnClose = null }),
        ["the inode is set and not counted"] = ("MMAP1005", () => new PageDriver(4)
        {
            OnMmap = (driver, inode, area) =>
            {
                area.Operations = driver.Operations;
                driver.IncrementUseCount();
                area.Inode = inode;
                return Errno.None;
            },
        }),
        ["the inode is set and its count given back"] = ("MMAP1005", () => new PageDriver(4)
        {
            OnMmap = (driver, inode, area) =>
            {
                Errno error = driver.CountedMmap(inode, area);
                inode.Put();
                return error;
            },
        }),
        ["nopage takes no reference"] = ("MMAP2001", () => new PageDriver(4)
        {
            OnNopage = (driver, area, address, _) => ((PageDriver)driver).Uncounted(area, address),
        }),
        ["nopage takes a reference and gives it back"] = ("MMAP2001", () => new PageDriver(4)
        {
            OnNopage = (driver, area, address, _) =>
            {
                KernelAddress page = ((PageDriver)driver).Counted(area, address);
                driver.Kernel.FreePage(page);
                return page;
            },
        }),
    };

    /// <summary>Ways of breaking a driver that only show when <c>open</c> runs, and lives in which it does.</summary>
    private static readonly Dictionary<string, Func<TestDriver>> BrokenOpen = new()
    {
        ["close counts and open does not"] = () => new PageDriver(4) { OnOpen = (_, _) => { } },
        ["close counts and there is no open"] = () => new PageDriver(4) { OnOpen = null },
        ["open counts twice"] = () => new PageDriver(4)
        {
            OnOpen = (driver, _) =>
            {
                driver.IncrementUseCount();
                driver.IncrementUseCount();
            },
        },
        ["close counts twice"] = () => new PageDriver(4)
        {
            OnClose = (driver, _) =>
            {
                driver.DecrementUseCount();
                driver.DecrementUseCount();
            },
        },
    };

    private static readonly string[] LivesWithOpen = ["fork, and the parent ends first", "split in the middle", "move"];

    public static MatrixTheoryData<string, string> CorrectLives => new(Correct.Keys, Lives.Keys);

    public static MatrixTheoryData<string, string> BrokenLives => new(Broken.Keys, Lives.Keys);

    public static MatrixTheoryData<string, string> BrokenOpenLives => new(BrokenOpen.Keys, LivesWithOpen);

    [Difference("books")]
    [Theory, MemberData(nameof(CorrectLives))]
    public void A_correct_driver_keeps_its_books_in_order(string way, string life)
    {
        using var rig = new Rig(Correct[way]());
        Lives[life](rig);

        rig.EndProcesses();

        Assert.Equal(Errno.None, rig.Kernel.Remove(rig.Driver));
        Assert.Empty(rig.Machine.Shutdown());
    }

    [Difference("books")]
    [Theory, MemberData(nameof(BrokenLives))]
    public void A_broken_driver_breaks_exactly_its_rule(string way, string life)
    {
        (string rule, Func<TestDriver> create) = Broken[way];

        Assert.Equal([rule], RulesBroken(create(), life));
    }

    [Theory, MemberData(nameof(BrokenOpenLives))]
    public void An_open_that_does_not_balance_close_is_found_when_it_runs(string way, string life) =>
        Assert.Equal(["MMAP1002"], RulesBroken(BrokenOpen[way](), life));

    [Fact]
    public void A_reference_taken_on_the_wrong_page_is_missing_on_one_and_left_on_the_other()
    {
        var driver = new PageDriver(4)
        {
            OnNopage = (driver, area, address, _) =>
            {
                var pages = (PageDriver)driver;
                driver.Kernel.GetPage(pages.Pages[3]);
                return pages.Uncounted(area, address);
            },
        };

        Assert.Equal(["MMAP2001", "MMAP2003"], RulesBroken(driver, "map, touch and unmap"));
    }

    [Fact]
    public void The_message_names_the_driver_that_lost_count()
    {
        using var rig = new Rig(new TestDriver { Device = "forgetful", OnOpen = null });
        rig.MapDevice(0, 1);
        rig.Process.Fork();

        rig.EndProcesses();

        Assert.Contains("forgetful", Assert.Single(rig.Machine.Shutdown()).ToString());
    }

    /// <summary>The distinct rules that stand in the books after the driver was removed, or failing that, the machine was shut down.</summary>
    private static string[] RulesBroken(TestDriver driver, string life)
    {
        using var rig = new Rig(driver);
        Lives[life](rig);
        rig.EndProcesses();
        rig.Kernel.Remove(rig.Driver);
        return [.. rig.Machine.Shutdown().Select(violation => violation.RuleId).Distinct()];
    }

    private static PageDriver OneUseForAll()
    {
        int areas = 0;
        void Add(TestDriver driver)
        {
            if (areas++ == 0)
                driver.IncrementUseCount();
        }

        return new PageDriver(4)
        {
            OnMmap = (driver, inode, area) =>
            {
                area.Operations = driver.Operations;
                Add(driver);
                area.Inode = inode;
                inode.Get();
                return Errno.None;
            },
            OnOpen = (driver, _) => Add(driver),
            OnClose = (driver, _) =>
            {
                if (--areas == 0)
                    driver.DecrementUseCount();
            },
        };
    }
}
