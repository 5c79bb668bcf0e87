using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.MMAP0003SenselessProtocol>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP0003Tests
{
    private static string Type(string member) => $"public class Annotated {{ {member} }}";

    [Fact]
    public Task An_unknown_role() => Verify.Reports(Type(
        """
        [Role({|MMAP0003:"mapp"|})] public MmapMethod? Method { get; set; }
        """));

    [Fact]
    public Task An_empty_resource() => Verify.Reports(Type(
        """
        [Acquires({|MMAP0003:""|})] public void Take() { }
        """));

    [Fact]
    public Task A_resource_that_is_no_name() => Verify.Reports(Type(
        """
        [Releases({|MMAP0003:"Module Use"|})] public void Take() { }
        """));

    [Fact]
    public Task No_resource_at_all() => Verify.Reports(Type(
        """
        [Acquires({|MMAP0003:null!|})] public void Take() { }
        """));

    [Fact]
    public Task An_alias_of_no_parameter() => Verify.Reports(Type(
        """
        [AliasOf({|MMAP0003:"nothing"|})] public int Number(int address) => address;
        """));

    [Fact]
    public Task A_role_that_hands_out_something_uncounted() => Verify.Reports(Type(
        """
        [Role({|MMAP0003:"nopage"|})] public NopageMethod? Method { get; set; }
        """));

    [Fact]
    public Task An_outcome_of_a_method_that_returns_nothing() => Verify.Reports(Type(
        """
        [Acquires("unit", When = {|MMAP0003:Outcome.True|})] public void Take() { }
        """));

    [Fact]
    public Task Zero_of_a_Boolean() => Verify.Reports(Type(
        """
        [Acquires("unit", When = {|MMAP0003:Outcome.Zero|})] public bool Take() => true;
        """));

    [Fact]
    public Task A_success_of_a_callback_that_returns_nothing() => Verify.Reports(Type(
        """
        [Role("open", Success = {|MMAP0003:Outcome.True|})] public AreaMethod? Method { get; set; }
        """));

    [Fact]
    public Task A_result_of_a_method_that_returns_nothing() => Verify.Reports(Type(
        """
        [{|MMAP0003:MustCheck|}] public void Map() { }
        """));

    [Fact]
    public Task An_alias_of_the_object_itself() => Verify.Clean(Type(
        """
        [AliasOf("this")] public Annotated Self(int number) => this;
        """));

    [Fact]
    public Task An_alias_of_a_parameter() => Verify.Clean(Type(
        """
        [AliasOf("address")] public int Number(int address) => address;
        """));

    [Fact]
    public Task Outcomes_that_the_result_has() => Verify.Clean(Type(
        """
        [Acquires("unit", When = Outcome.True)] public bool Take() => true; [Acquires("unit", When = Outcome.Zero)] public Errno Map() => 0;
        """));

    [Fact]
    public Task An_outcome_of_a_reference() => Verify.Clean(Type(
        """
        [return: Acquires("unit", When = Outcome.NonNull)] public Annotated? Find() => null;
        """));

    [Fact]
    public Task Roles_with_all_they_need() => Verify.Clean(Type(
        """
        [Role("nopage", Success = Outcome.NonNull, Resource = "page")] public NopageMethod? Nopage { get; set; }
        [Role("mmap", Success = Outcome.Zero)] public MmapMethod? Mmap { get; set; }
        """));

    [Fact]
    public Task A_result_to_look_at() => Verify.Clean(Type(
        """
        [return: MustCheck] public bool Map() => true;
        """));

    [Fact]
    public Task A_resource_that_nothing_releases() => Verify.Clean(Type(
        """
        [Acquires("never-released")] public void Take() { }
        """));

    [Fact]
    public Task Null_values() => Verify.Clean(Type(
        """
        [NullValue] public static Annotated Null => null!; [NullValue] public bool IsNull => false;
        """));

    [Theory]
    [InlineData("""When = Outcome.True, WhenParameter = {|MMAP0003:"token"|}""")]
    [InlineData("""WhenParameter = {|MMAP0003:"taken"|}""")]
    [InlineData("""When = Outcome.Zero, WhenParameter = "taken" """, "When = {|MMAP0003:Outcome.Zero|}")]
    [InlineData("""Paired = {|MMAP0003:"length"|}""")]
    [InlineData("When = {|MMAP0003:Outcome.Is|}")]
    [InlineData("When = Outcome.Zero, WhenValue = {|MMAP0003:1|}")]
    public Task Named_arguments_that_do_not_go_together(string arguments, string? marked = null) => Verify.Reports(Type(
        $$"""
        [Acquires("unit", {{(marked is null ? arguments : arguments.Replace("When = Outcome.Zero", marked))}})] public int Take(ref bool taken) => 0;
        """));

    [Theory]
    [InlineData("""When = Outcome.True, WhenParameter = "taken" """)]
    [InlineData("When = Outcome.IsNot, WhenValue = -1")]
    [InlineData("""Paired = "taken", Element = 1""")]
    public Task Named_arguments_that_go_together(string arguments) => Verify.Clean(Type(
        $$"""
        [Acquires("unit", {{arguments}})] public int Take(ref bool taken) => 0;
        """));
}
