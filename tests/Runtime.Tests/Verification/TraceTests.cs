using CsCheck;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Verification;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Verification;

/// <summary>The same program leaves the same trace, beside another machine as well; a trace can be saved, loaded and run again.</summary>
public sealed class TraceTests
{
    private static readonly Gen<RandomStep[]> RandomPrograms = RandomStep.Programs;

    public static TheoryData<string> AllPrograms => new(Programs.All.Keys);

    [Theory, MemberData(nameof(AllPrograms))]
    public void A_trace_that_was_saved_and_loaded_runs_again_without_a_difference(string program)
    {
        MachineTrace trace = TraceOf(program, everyAccess: true);
        using var stream = new MemoryStream();
        trace.Save(stream);
        stream.Position = 0;

        using var run = new ProgramRun();
        TraceDifference? difference = run.Machine.Replay(MachineTrace.Load(stream));

        Assert.Null(difference);
        Assert.True(trace.Lines.Count > 10);
    }

    [Fact]
    public void Random_programs_leave_the_same_trace_twice() =>
        RandomPrograms.Sample(program => TraceOf(program).SequenceEqual(TraceOf(program)), iter: 50);

    [Fact]
    public void Random_programs_run_again_without_a_difference() => RandomPrograms.Sample(
        program =>
        {
            foreach (bool everyAccess in (bool[])[false, true])
            {
                using var first = new ProgramRun();
                MachineTrace trace = first.Machine.StartTrace(everyAccess);
                Array.ForEach(program, step => step.Do(first));
                using var second = new ProgramRun();
                Assert.Null(second.Machine.Replay(trace));
            }
        },
        iter: 50);

    [Fact]
    public void Machines_that_run_in_turn_leave_the_traces_that_each_leaves_alone() => RandomPrograms.Sample(
        program =>
        {
            using var left = new ProgramRun();
            using var right = new ProgramRun();
            MachineTrace leftTrace = left.Machine.StartTrace();
            MachineTrace rightTrace = right.Machine.StartTrace();
            RandomStep[] backwards = [.. program.Reverse()];
            for (int i = 0; i < program.Length; i++)
            {
                program[i].Do(left);
                backwards[i].Do(right);
            }

            return leftTrace.Lines.SequenceEqual(TraceOf(program)) && rightTrace.Lines.SequenceEqual(TraceOf(backwards));
        },
        iter: 30);

    [Fact]
    public void A_difference_is_reported_by_the_line_at_which_it_shows()
    {
        using var first = new ProgramRun();
        MachineTrace trace = first.Machine.StartTrace();
        first.Process.Mmap(Rig.Page, Protection.Read, MapFlags.Shared, first.Device);

        using var second = new ProgramRun();
        second.Process.Mmap(Rig.Page, Protection.Read, MapFlags.Shared, second.Device);

        Assert.Equal(new TraceDifference(3, trace.Lines[2], trace.Lines[2].Replace("40000000-40001000", "40001000-40002000")), second.Machine.Replay(trace));
    }

    [Fact]
    public void A_trace_reads_like_a_log()
    {
        using var run = new ProgramRun();
        MachineTrace trace = run.Machine.StartTrace();
        UserAddress at = run.Process.Mmap(Rig.Page, Protection.Read, MapFlags.Shared, run.Device);
        run.Process.Load<int>(at);
        Assert.Throws<SignalException>(() => run.Process.Store(at, 1));

        Assert.Equal(
            [
                "machine i386 4194304 slow accesses",
                "1 mmap 00000000 1000 Read Shared 0 0",
                "  mmap of module test 40000000-40001000 r--s 00000000 2a:00 5 /dev/test = None",
                "  = 40000000",
                "1 load 40000000 4",
                "  1 fault 40000000 Load NotPresent",
                $"    nopage of module test 40000000 of 40000000-40001000 r--s 00000000 2a:00 5 /dev/test = {run.Driver.Pages[0]}",
                "    = 0",
                "  = 4",
                "1 store 40000000 4",
                "  bytes 01000000",
                "  1 fault 40000000 Store Protection",
                "    = b",
                "  SIGSEGV for 1 at 40000000",
                "  = none",
            ],
            trace.Lines);
    }

    [Fact]
    public void Every_load_and_store_is_recorded_when_asked_for()
    {
        using var run = new ProgramRun();
        UserAddress at = run.Process.Mmap(Rig.Page, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);
        run.Process.Store(at, 0x2A);
        MachineTrace trace = run.Machine.StartTrace(everyAccess: true);

        run.Process.Store(at + 4, (byte)7);
        run.Process.Load<ulong>(at);
        run.Process.Load<ulong>(at);

        Assert.Equal(2, trace.Lines.Count(line => line == "  bytes 2A00000007000000"));
        Assert.Single(trace.Lines, "  bytes 07");
    }

    [Fact]
    public void Something_else_is_no_trace() => Assert.Throws<FormatException>(() => MachineTrace.Load(new StringReader("1 mmap\n")));

    private static MachineTrace TraceOf(string program, bool everyAccess)
    {
        using var run = new ProgramRun();
        MachineTrace trace = run.Machine.StartTrace(everyAccess);
        run.Run(Programs.All[program]);
        return trace;
    }

    private static IReadOnlyList<string> TraceOf(RandomStep[] program)
    {
        using var run = new ProgramRun();
        MachineTrace trace = run.Machine.StartTrace();
        Array.ForEach(program, step => step.Do(run));
        return [.. trace.Lines];
    }
}
