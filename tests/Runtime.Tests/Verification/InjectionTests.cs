using CsCheck;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;

namespace MmapAnalyzers.Runtime.Tests.Verification;

/// <summary>Every single failure of every small program leaves the kernel in order and loses nothing.</summary>
public sealed class InjectionTests
{
    private static readonly Allocation[] Kinds = [Allocation.Page, Allocation.PageTable, Allocation.Kmalloc, Allocation.Area, Allocation.UserCopy];

    private static readonly MachineProfile[] Profiles = [MachineProfile.I386, MachineProfile.I386Enterprise, MachineProfile.SparcSrmmu, MachineProfile.SparcSun4c];

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

    [Fact]
    public void Random_programs_leave_the_kernel_in_order_whatever_fails() => Gen.Select(RandomStep.Programs, Gen.Int[0, Kinds.Length - 1], Gen.Int[1, 60], Gen.Int[0, Profiles.Length - 1]).Sample(
        (program, kind, number, profile) =>
        {
            using var run = new ProgramRun(Profiles[profile]);
            run.Machine.Injection.Fail(Kinds[kind], number);
            foreach (RandomStep step in program)
            {
                step.Do(run);
                run.Machine.CheckInvariants();
            }

            run.End();
        },
        iter: 60);

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
