using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;

namespace MmapAnalyzers.Runtime.Tests.Verification;

/// <summary>Every single failure of every small program leaves the kernel in order and loses nothing.</summary>
public sealed class InjectionTests
{
    private static readonly Allocation[] Kinds = [Allocation.Page, Allocation.PageTable, Allocation.Kmalloc, Allocation.Area, Allocation.UserCopy];

    public static IEnumerable<TheoryDataRow<string>> AllPrograms => Programs.All.Keys.Select(program => new TheoryDataRow<string>(program));

    [Theory, MemberData(nameof(AllPrograms))]
    public void Every_single_failure_leaves_the_kernel_in_order(string program)
    {
        foreach (Allocation kind in Kinds)
        {
            for (long number = Count(program, kind); number > 0; number--)
                Assert.Equal(1, RunWithFailure(program, injection => injection.Fail(kind, number), $"{kind} {number}"));
        }
    }

    [Theory, MemberData(nameof(AllPrograms))]
    public void Failures_without_end_leave_the_kernel_in_order(string program)
    {
        foreach (Allocation kind in Kinds)
            Assert.Equal(Count(program, kind) > 0, RunWithFailure(program, injection => injection.FailEvery(kind), $"every {kind}") > 0);
    }

    private static long Count(string program, Allocation kind)
    {
        using var run = new ProgramRun();
        run.Run(Programs.All[program]);
        long count = run.Machine.Injection.Count(kind);
        run.End();
        return count;
    }

    private static long RunWithFailure(string program, Action<FaultInjector> arm, string failure)
    {
        using var run = new ProgramRun();
        arm(run.Machine.Injection);
        try
        {
            run.Run(Programs.All[program]);
            run.End();
            return run.Machine.Injection.Failures;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{program}, failing {failure}: {exception.Message}", exception);
        }
    }
}
