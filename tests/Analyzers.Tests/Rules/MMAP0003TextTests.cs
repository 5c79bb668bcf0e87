using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.MMAP0003SenselessProtocol>;

namespace MmapAnalyzers.Tests.Rules;

/// <summary>Rows of protocol texts that contradict each other or say what cannot be.</summary>
public sealed class MMAP0003TextTests
{
    private const string Api =
        """
        public class Api
        {
            public int Do(object item, out bool done) { done = true; return 0; }
            public void Undo(object item) { }
            public static void Shared() { }
        }
        """;

    private const string Undo = "releases unit item M:Api.Undo(*)\n";

    [Fact]
    public Task The_same_unit_acquired_and_released() => Verify.ReportsIn(
        """
        acquires unit item          M:Api.Do(*)
        releases {|MMAP0003:unit|} item M:Api.Do(*)
        """, Api);

    [Theory]
    [InlineData("when=zero", "when=nonnegative")]
    [InlineData("when=is(1)", "when=nonzero")]
    [InlineData("when=isnot(-1)", "when=isnot(0)")]
    [InlineData("when=zero", "when=done:true")]
    [InlineData("", "when=negative")]
    public Task Outcomes_that_can_meet(string acquire, string release) => Verify.ReportsIn(
        $$"""
        releases unit item {{release}} M:Api.Do(*)
        acquires {|MMAP0003:unit|} item {{acquire}} M:Api.Do(System.Object,System.Boolean@)
        """, Api);

    [Theory]
    [InlineData("when=zero", "when=nonzero")]
    [InlineData("when=done:true", "when=done:false")]
    [InlineData("when=negative", "when=is(7)")]
    [InlineData("when=is(-1)", "when=isnot(-1)")]
    [InlineData("if=p0=1", "if=p0!=1")]
    [InlineData("if=p0&4", "if=p0!&4")]
    public Task What_cannot_meet_is_no_contradiction(string acquire, string release) => Verify.ReportsIn(
        $"""
        acquires unit item {acquire} M:Api.Do(*)
        releases unit item {release} M:Api.Do(*)
        """, Api);

    [Fact]
    public Task Another_target_is_no_contradiction() => Verify.ReportsIn(
        """
        acquires unit return M:Api.Do(*)
        releases unit item   M:Api.Do(*)
        """, Api);

    [Fact]
    public Task A_resource_that_nothing_releases() => Verify.ReportsIn(
        """
        acquires {|MMAP0003:unit|} return M:Api.Do(*)
        acquires unit item M:Api.Do(*)
        """, Api);

    [Fact]
    public Task A_resource_that_nothing_acquires() => Verify.ReportsIn("releases {|MMAP0003:unit|} item M:Api.Undo(*)", Api);

    [Fact]
    public Task What_attributes_say_counts_too() => Verify.ReportsIn(Undo, Api + """public class Own { [Acquires("unit")] public void Take() { } }""");

    [Fact]
    public Task This_of_a_static_method() => Verify.ReportsIn(Undo + "acquires unit {|MMAP0003:this|} M:Api.Shared", Api);

    [Fact]
    public Task The_result_of_a_method_that_returns_nothing() => Verify.ReportsIn(Undo + "acquires unit {|MMAP0003:return|} M:Api.Undo(*)", Api);

    [Fact]
    public Task A_check_of_no_result() => Verify.ReportsIn("must-check {|MMAP0003:M:Api.Undo(*)|}", Api);

    [Fact]
    public Task An_outcome_that_the_result_cannot_have() => Verify.ReportsIn(Undo + "acquires unit {|MMAP0003:return|} when=true M:Api.Do(*)", Api);

    [Fact]
    public Task An_outcome_that_the_parameter_cannot_have() => Verify.ReportsIn(Undo + "acquires unit item when={|MMAP0003:done|}:zero M:Api.Do(*)", Api);

    [Fact]
    public Task An_outcome_of_an_awaited_result() => Verify.ReportsIn(
        Undo + "acquires unit this awaited when=true M:Own.TryTake", Api + "public class Own { public System.Threading.Tasks.Task<bool> TryTake() => null!; }");
}
