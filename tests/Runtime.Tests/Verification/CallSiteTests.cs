using System.Text.RegularExpressions;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;

namespace MmapAnalyzers.Runtime.Tests.Verification;

/// <summary>Which code the history of a violation names when call sites are traced.</summary>
public sealed partial class CallSiteTests
{
    [Fact]
    public void Every_event_names_the_code_that_asked_for_it_and_one_of_the_core_the_program()
    {
        using var rig = new Rig(new PageDriver(1) { OnUnmap = (driver, _, _, _) => TakeAndGiveBack(driver) });
        rig.Machine.TraceCallSites = true;

        Use(rig);

        Assert.Equal(
            [
                "allocated in init of module test, count 1",
                "taken in nopage of module test, count 2 (PageDriver.Counted PageDriver.cs)",
                "handed out, count 2 (CallSiteTests.Use CallSiteTests.cs)",
                "taken in unmap of module test, count 3 (CallSiteTests.TakeAndGiveBack CallSiteTests.cs)",
                "given back in unmap of module test, count 2 (CallSiteTests.TakeAndGiveBack CallSiteTests.cs)",
                "dropped by the core, count 1 (Rig.Unmap Rig.cs)",
                "given back, count 0 (CallSiteTests.FreeTwice CallSiteTests.cs)",
                "given back, count -1 (CallSiteTests.FreeTwice CallSiteTests.cs)",
            ],
            FreeTwice(rig).Select(WithoutLine));
    }

    [Fact]
    public void Two_places_of_a_method_are_told_apart()
    {
        using var rig = new Rig(new PageDriver(1) { OnUnmap = (driver, _, _, _) => TakeAndGiveBack(driver) });
        rig.Machine.TraceCallSites = true;
        Use(rig);

        string[] lines = [.. FreeTwice(rig).Where(what => what.Contains("TakeAndGiveBack")).Select(what => Line().Match(what).Value)];

        Assert.Equal(2, lines.Distinct().Count());
    }

    [Fact]
    public void An_event_of_a_frequent_kind_says_where_others_came_from()
    {
        using var rig = new Rig(new PageDriver(1));
        rig.Machine.TraceCallSites = true;
        for (int i = 0; i <= CallSites.AlwaysFor; i++)
            Use(rig);

        IEnumerable<string> events = FreeTwice(rig).Skip(3).Select(WithoutLine);

        Assert.Equal(
            [
                "taken in nopage of module test, count 2 (not seen, others came from PageDriver.Counted PageDriver.cs)",
                "handed out, count 2 (not seen, others came from CallSiteTests.Use CallSiteTests.cs)",
                "dropped by the core, count 1 (not seen, others came from Rig.Unmap Rig.cs)",
                "given back, count 0 (CallSiteTests.FreeTwice CallSiteTests.cs)",
                "given back, count -1 (CallSiteTests.FreeTwice CallSiteTests.cs)",
            ],
            events);
    }

    [Fact]
    public void A_frequent_kind_is_looked_at_now_and_then()
    {
        using var rig = new Rig(new PageDriver(1));
        rig.Machine.TraceCallSites = true;
        for (int i = 0; i < CallSites.AlwaysFor; i++)
            TakeAndGiveBack(rig.Driver);

        for (int i = 0; i < CallSites.Interval; i++)
            TakeElsewhere(rig.Driver);

        Assert.Contains(
            "taken, count 2 (not seen, others came from CallSiteTests.TakeAndGiveBack CallSiteTests.cs or CallSiteTests.TakeElsewhere CallSiteTests.cs)",
            FreeTwice(rig).Select(WithoutLine));
    }

    [Fact]
    public void The_event_that_is_found_wrong_is_always_looked_at()
    {
        using var rig = new Rig(new PageDriver(1));
        rig.Machine.TraceCallSites = true;
        for (int i = 0; i <= CallSites.AlwaysFor; i++)
            TakeAndGiveBack(rig.Driver);

        string[] events = [.. FreeTwice(rig).TakeLast(2).Select(WithoutLine)];

        Assert.StartsWith("given back, count 0 (not seen, others came from CallSiteTests.TakeAndGiveBack CallSiteTests.cs", events[0]);
        Assert.Equal("given back, count -1 (CallSiteTests.FreeTwice CallSiteTests.cs)", events[1]);
    }

    [Fact]
    public void One_look_does_until_somebody_enters_or_leaves_the_kernel()
    {
        var kernelLock = new KernelLock();
        var sites = new CallSites(new CallContext(), kernelLock);
        object? inside;

        object?[] inOneCall = [.. Enumerable.Range(0, 2 * CallSites.AlwaysFor).Select(_ => sites.Of(this, "taken"))];
        using (kernelLock.Enter())
            inside = sites.Of(this, "taken");
        object? afterwards = sites.Of(this, "taken");

        object? one = Assert.Single(inOneCall.Distinct());
        Assert.All([one, inside, afterwards], site => Assert.Contains("CallSiteTests.cs:", Assert.IsType<string>(site)));
        Assert.Distinct([one, inside, afterwards]);
    }

    [GeneratedRegex(@":\d+")]
    private static partial Regex Line();

    private static string WithoutLine(string what) => Line().Replace(what, "");

    private static void Use(Rig rig)
    {
        UserAddress at = rig.MapDevice(0, 1);
        rig.Process.Store<byte>(at, 1);
        rig.Unmap(0, 1);
    }

    private static void TakeAndGiveBack(TestDriver driver)
    {
        Page page = ((PageDriver)driver).PageAt(0);
        page.Get();
        page.Put();
    }

    private static void TakeElsewhere(TestDriver driver)
    {
        Page page = ((PageDriver)driver).PageAt(0);
        page.Get();
        page.Put();
    }

    private static IReadOnlyList<string> FreeTwice(Rig rig)
    {
        Page page = ((PageDriver)rig.Driver).PageAt(0);
        page.Put();
        page.Put();
        return Assert.Single(rig.Machine.Violations).History;
    }
}
