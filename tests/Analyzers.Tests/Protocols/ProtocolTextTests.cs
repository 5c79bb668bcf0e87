using MmapAnalyzers.Protocols;
using MmapAnalyzers.Protocols.Text;

namespace MmapAnalyzers.Tests.Protocols;

/// <summary>What the parser makes of lines that are as they should be.</summary>
public sealed class ProtocolTextTests
{
    [Fact]
    public void A_row_says_what_of_which_resource_where_on_whom()
    {
        var row = Row("acquires pool-buffer return M:System.Buffers.ArrayPool`1.Rent(System.Int32)");

        Assert.Equal((RowVerb.Acquires, "pool-buffer", "return"), (row.Verb, row.Resource.Text, row.Target.Name.Text));
        Assert.Equal(("M:System.Buffers.ArrayPool`1.Rent(System.Int32)", "Rent", "T:System.Buffers.ArrayPool`1"), (row.Subject.Id, row.Subject.Name, row.Subject.ContainerId));
        Assert.False(row.Subject.IsEveryOverload);
    }

    [Theory]
    [InlineData("acquires", RowVerb.Acquires)]
    [InlineData("releases", RowVerb.Releases)]
    [InlineData("transfers", RowVerb.Transfers)]
    [InlineData("borrows", RowVerb.Borrows)]
    [InlineData("pins", RowVerb.Pins)]
    [InlineData("uses", RowVerb.Uses)]
    public void Effects_have_a_verb_each(string verb, object expected) => Assert.Equal(expected, Row($"{verb} unit item M:Api.Do(System.Object)").Verb);

    [Theory]
    [InlineData("must-check", RowVerb.MustCheck)]
    [InlineData("alias this", RowVerb.Alias)]
    [InlineData("alias other", RowVerb.Alias)]
    [InlineData("null-value", RowVerb.NullValue)]
    [InlineData("throws-nothing", RowVerb.ThrowsNothing)]
    public void Other_statements_concern_no_resource(string statement, object expected)
    {
        var row = Row($"{statement} M:Api.Do(*)");

        Assert.Equal(expected, row.Verb);
        Assert.Null(row.Resource.Text);
    }

    [Theory]
    [InlineData("true", "true", 0L)]
    [InlineData("false", "false", 0L)]
    [InlineData("null", "null", 0L)]
    [InlineData("nonnull", "nonnull", 0L)]
    [InlineData("zero", "zero", 0L)]
    [InlineData("nonzero", "nonzero", 0L)]
    [InlineData("negative", "negative", 0L)]
    [InlineData("nonnegative", "nonnegative", 0L)]
    [InlineData("is(12)", "is", 12L)]
    [InlineData("is(0xFF)", "is", 255L)]
    [InlineData("isnot(-1)", "isnot", -1L)]
    [InlineData("isnot(0xFFFFFFFFFFFFFFFF)", "isnot", -1L)]
    public void An_outcome_is_told_by_the_result(string written, string name, long constant) =>
        Assert.Equal(new RowOutcome(name, constant, Parameter: null), Row($"acquires unit return when={written} M:Api.Take").When);

    [Fact]
    public void An_outcome_is_told_by_a_parameter()
    {
        var when = Row("acquires monitor obj when=lockTaken:true M:System.Threading.Monitor.Enter(System.Object,System.Boolean@)").When;

        Assert.Equal(("true", "lockTaken"), (when?.Name, when?.Parameter?.Text));
    }

    [Fact]
    public void An_outcome_can_be_the_only_one_with_which_the_call_returns() =>
        Assert.True(Row("acquires lock this when=taken:true surely M:Api.Enter(*)").IsSure);

    [Fact]
    public void Every_outcome_of_the_engine_has_a_word() =>
        Assert.Equal(
            Enum.GetNames<Outcome>().Where(name => name != nameof(Outcome.Always)).Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal),
            RowOutcome.Names.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("p3&0x10", 0x10L, 0L, true)]
    [InlineData("p3!&0x10", 0x10L, 0L, false)]
    [InlineData("p3=7", -1L, 7L, false)]
    [InlineData("p3!=-7", -1L, -7L, true)]
    public void A_condition_tests_a_constant_argument(string written, long mask, long value, bool isNegated)
    {
        var condition = Assert.Single(Row($"acquires unit return if={written} import:libc!mmap").Conditions);

        Assert.Equal(("p3", mask, value, isNegated), (condition.Parameter.Text, condition.Mask, condition.Value, condition.IsNegated));
    }

    [Fact]
    public void Conditions_add_up() => Assert.Equal(2, Row("acquires unit return if=p0=0 if=p2!&0x2000 import:libc!mmap").Conditions.Length);

    [Fact]
    public void Options_come_in_any_order()
    {
        var row = Row("acquires mapping return pair=p1 awaited if=p3!&0x10 when=isnot(-1) import:libc!mmap");

        Assert.Equal(("p1", true, 1, "isnot"), (row.Pair?.Text, row.IsAwaited, row.Conditions.Length, row.When?.Name));
    }

    [Fact]
    public void A_target_can_be_an_element_of_a_tuple() => Assert.Equal(1, Row("acquires unit return.1 M:Api.Take").Target.Element);

    [Theory]
    [InlineData("M:Api.Take(*)", "Take", "M:Api.Take")]
    [InlineData("M:Some.Api.#ctor(*)", ".ctor", "M:Some.Api.#ctor")]
    [InlineData("M:Api.Make``1(*)", "Make", "M:Api.Make``1")]
    [InlineData("M:Api.Fill(System.Void*)", "Fill", "M:Api.Fill(System.Void*)")]
    [InlineData("M:Api.System#IDisposable#Dispose", "Dispose", "M:Api.System#IDisposable#Dispose")]
    [InlineData("P:Api.Item(System.Int32)", "Item", "P:Api.Item(System.Int32)")]
    [InlineData("T:Some.Callback`1", "Callback", "T:Some.Callback`1")]
    public void A_subject_has_a_simple_name(string subject, string name, string id)
    {
        var parsed = Row($"must-check {subject}").Subject;

        Assert.Equal((name, id), (parsed.Name, parsed.Id));
    }

    [Fact]
    public void An_import_is_a_library_and_an_entry_point()
    {
        var subject = Row("must-check import:libc!mprotect").Subject;

        Assert.Equal(("libc", "mprotect"), (subject.Library, subject.Name));
    }

    [Fact]
    public void A_library_is_a_set_of_module_names()
    {
        var library = Assert.Single(Parse("library libc = libc libSystem.B").Libraries);

        Assert.Equal(("libc", "libc libSystem.B"), (library.Name.Text, string.Join(' ', library.Modules)));
    }

    [Fact]
    public void A_resource_has_a_noun()
    {
        var text = Parse("""resource unit "the unit" """, """resource buffer "the rented array" collected""");

        Assert.Equal([("the unit", false), ("the rented array", true)], text.Resources.Select(resource => (resource.Noun, resource.IsCollected)));
    }

    [Fact]
    public void Comments_and_empty_lines_say_nothing()
    {
        var text = Parse("# all of it", "", "   ", "must-check M:Api.#ctor(*)   # the rest of it");

        Assert.Single(text.Rows);
        Assert.Empty(text.Errors);
    }

    [Fact]
    public void Words_know_where_they_stand()
    {
        var row = Parse("# first", "  acquires  unit return M:Api.Take").Rows.Single();

        Assert.Equal((1, 12), (row.Resource.Line, row.Resource.Column));
        Assert.Equal((1, 24), (row.Subject.Source.Line, row.Subject.Source.Column));
    }

    private static ProtocolText Parse(params string[] lines) => ProtocolText.Parse(lines);

    private static ProtocolRow Row(string line)
    {
        var text = Parse(line);
        Assert.Empty(text.Errors);
        return Assert.Single(text.Rows);
    }
}
