using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Verification;

/// <summary>What a driver shows to processes that it should not is found when it happens, under the id of the rule; the driver that does it right is not.</summary>
public sealed class SanitizerTests
{
    private static readonly Dictionary<string, (string Rule, Func<bool, TestDriver> Create, Action<Rig> Life)> Plants = new()
    {
        ["a remap of ordinary memory"] = ("MMAP3008", isRight => new PageDriver(1)
        {
            OnMmap = (driver, inode, area) => Remap(driver, inode, area, ((PageDriver)driver).Pages[0], Rig.Page, reserve: isRight),
            OnCleanup = Unreserve,
        }, MapOnce),
        ["a remap beyond the device"] = ("MMAP3002", isRight => new TestDriver
        {
            OnMmap = (driver, inode, area) =>
                driver.Kernel.RemapPageRange(area.Start, MachineProfile.I386.MmioBase, isRight ? Rig.Page : area.Length, area.PageProtection) == Errno.None
                    ? driver.CountedMmap(inode, area)
                    : Errno.EAGAIN,
        }, rig =>
        {
            rig.AddMmio(new RecordingMmio(), pages: 1);
            rig.MapDevice(0, 2);
        }),
        ["a store to a private mapping that nopage serves with the device's page"] = ("MMAP2007", isRight => new PageDriver(1)
        {
            OnNopage = (driver, area, address, noShare) =>
            {
                KernelAddress page = noShare && isRight ? driver.Kernel.GetFreePage() : ((PageDriver)driver).Counted(area, address);
                return page;
            },
        }, StorePrivately),
        ["a store to a private mapping of a reserved page with count 1"] = ("MMAP2007", isRight => new PageDriver(1)
        {
            OnMmap = (driver, inode, area) => isRight && (area.Flags & VmFlags.Shared) == 0
                ? Errno.EINVAL
                : Remap(driver, inode, area, ((PageDriver)driver).Pages[0], Rig.Page, reserve: true),
            OnCleanup = Unreserve,
        }, StorePrivately),
        ["a page nobody wrote to"] = ("MMAP2008", isRight => new TestDriver
        {
            OnNopage = (driver, _, _, _) =>
            {
                KernelAddress page = driver.Kernel.GetDirtyPage();
                if (isRight)
                    driver.Kernel.CopyTo(page, new byte[Rig.Page]);
                return page;
            },
        }, Touch),
        ["a page that is freed while it is mapped"] = ("MMAP4003", isRight => new PageDriver(1)
        {
            OnMmap = (driver, inode, area) => Remap(driver, inode, area, ((PageDriver)driver).Pages[0], Rig.Page, reserve: true),
            OnCleanup = isRight ? Unreserve : driver => driver.Kernel.UnregisterCharDevice(driver.Major, driver.Device),
            OnRelease = isRight ? null : driver => Unreserve(driver),
        }, rig =>
        {
            rig.MapDevice(0, 1);
            rig.Process.Close(rig.Fd);
        }),
        ["entries that a failed mmap leaves"] = ("MMAP3016", isRight => new PageDriver(1)
        {
            OnMmap = (driver, inode, area) =>
            {
                if (isRight && area.Offset != 0)
                    return Errno.EINVAL;
                Errno error = Remap(driver, inode, area, ((PageDriver)driver).Pages[0], Rig.Page, reserve: true);
                if (area.Offset == 0)
                    return error;
                driver.DecrementUseCount();
                inode.Put();
                return Errno.EINVAL;
            },
            OnCleanup = Unreserve,
        }, rig => rig.Process.SysMmap(default, Rig.Page, Protection.Read, MapFlags.Shared, rig.Fd, Rig.Page)),
        ["a remap whose failure is ignored"] = ("MMAP3001", isRight => new PageDriver(1)
        {
            OnMmap = (driver, inode, area) =>
            {
                Errno error = Remap(driver, inode, area, ((PageDriver)driver).Pages[0], Rig.Page, reserve: true);
                return error == Errno.None || isRight ? error : driver.CountedMmap(inode, area);
            },
            OnNopage = null,
            OnCleanup = Unreserve,
        }, rig =>
        {
            rig.Machine.Injection.Fail(Allocation.PageTable);
            rig.Process.SysMmap(default, Rig.Page, Protection.Read, MapFlags.Shared, rig.Fd, 0);
        }),
        ["an area kept beyond its end"] = ("MMAP1010", isRight => KeepsFirstArea(isRight), rig =>
        {
            rig.MapDevice(0, 3);
            rig.Unmap(1, 1);
            rig.Process.Load<byte>(Rig.At(0));
        }),
    };

    public static TheoryData<string> AllPlants => new(Plants.Keys);

    [Theory, MemberData(nameof(AllPlants))]
    public void A_violation_is_reported_under_its_rule(string plant) => Assert.Equal([Plants[plant].Rule], RulesBroken(plant, isRight: false));

    [Theory, MemberData(nameof(AllPlants))]
    public void The_right_way_is_silent(string plant) => Assert.Empty(RulesBroken(plant, isRight: true));

    [Theory, MemberData(nameof(AllPlants))]
    public void A_violation_is_thrown_where_it_is_found_and_the_machine_can_be_disposed_of(string plant)
    {
        (string rule, Func<bool, TestDriver> create, Action<Rig> life) = Plants[plant];
        using var rig = new Rig(create(false), sanitizer: SanitizerMode.Throw);

        var thrown = Assert.Throws<SanitizerException>(() => life(rig));

        Assert.Equal(rule, thrown.Violation.RuleId);
        Assert.Empty(rig.Kernel.Oopses);
    }

    [Theory, MemberData(nameof(AllPlants))]
    public void Nothing_is_looked_for_when_the_sanitizer_is_off(string plant)
    {
        (_, Func<bool, TestDriver> create, Action<Rig> life) = Plants[plant];
        using var rig = new Rig(create(false), sanitizer: SanitizerMode.Off);

        life(rig);

        Assert.Empty(rig.Machine.Shutdown());
    }

    private static string[] RulesBroken(string plant, bool isRight)
    {
        (_, Func<bool, TestDriver> create, Action<Rig> life) = Plants[plant];
        using var rig = new Rig(create(isRight));
        life(rig);
        rig.EndProcesses();
        Assert.Equal(Errno.None, rig.Kernel.Remove(rig.Driver));
        return [.. rig.Machine.Shutdown().Select(violation => violation.RuleId).Distinct()];
    }

    private static void MapOnce(Rig rig) => rig.MapDevice(0, 1);

    private static void Touch(Rig rig) => rig.Process.Load<byte>(rig.MapDevice(0, 1));

    private static void StorePrivately(Rig rig)
    {
        long at = rig.Process.SysMmap(default, Rig.Page, Protection.ReadWrite, MapFlags.Private, rig.Fd, 0);
        if (at > 0)
            rig.Process.Store<byte>(new UserAddress((ulong)at), 1);
    }

    private static Errno Remap(TestDriver driver, Inode inode, VmArea area, KernelAddress page, ulong size, bool reserve)
    {
        if (reserve)
            driver.Kernel.ReservePage(page);
        return driver.Kernel.RemapPageRange(area.Start, page, size, area.PageProtection) == Errno.None ? driver.CountedMmap(inode, area) : Errno.EAGAIN;
    }

    private static void Unreserve(TestDriver driver)
    {
        var pages = (PageDriver)driver;
        driver.Kernel.UnreservePage(pages.Pages[0]);
        pages.FreePages();
    }

    private static PageDriver KeepsFirstArea(bool isRight)
    {
        VmArea? kept = null;
        return new PageDriver(3)
        {
            OnMmap = (driver, inode, area) =>
            {
                kept = area;
                return driver.CountedMmap(inode, area);
            },
            OnNopage = (driver, area, address, _) =>
            {
                UserAddress start = (isRight ? area : kept!).Start;
                return address < start ? KernelAddress.Null : ((PageDriver)driver).Counted(area, address);
            },
        };
    }
}
