using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Tests.Protocols;

/// <summary>What attributes say, beyond which unit comes and goes.</summary>
public sealed class AttributeBindingTests
{
    [Fact]
    public void A_constructor_makes_an_object_with_a_unit() =>
        Assert.Equal(EffectTarget.Return, Effect("""[Acquires("unit")] public Api() { }""", ".ctor").Target);

    [Fact]
    public void A_method_can_need_a_unit() => Assert.Equal(EffectKind.Use, Effect("""[Uses("unit")] public void Do() { }""").Kind);

    [Fact]
    public void An_outcome_compares_with_a_number()
    {
        var effect = Effect("""[return: Acquires("unit", When = Outcome.IsNot, WhenValue = -1)] public nint Do() => 0;""");

        Assert.Equal((Outcome.IsNot, -1L), (effect.When, effect.WhenConstant));
    }

    [Fact]
    public void A_parameter_tells_the_outcome() =>
        Assert.Equal(1, Effect("""[Acquires("unit", When = Outcome.True, WhenParameter = "taken")] public void Do(int size, ref bool taken) { }""").WhenOrdinal);

    [Fact]
    public void A_task_has_to_be_awaited() => Assert.True(Effect("""[Acquires("unit", Awaited = true)] public System.Threading.Tasks.Task Do() => null!;""").IsAwaited);

    [Fact]
    public void An_argument_is_paired() => Assert.Equal(1, Effect("""public void Do([Releases("unit", Paired = "length")] nint at, int length) { }""").PairedOrdinal);

    [Fact]
    public void An_element_of_a_tuple_is_counted() => Assert.Equal(1, Effect("""[return: Acquires("unit", Element = 1)] public (int, object) Do() => (0, this);""").Element);

    [Fact]
    public void The_whole_value_is_counted_otherwise() => Assert.Null(Effect("""[return: Acquires("unit")] public object Do() => this;""").Element);

    private static Effect Effect(string member, string name = "Do") =>
        Assert.Single(new Binding($$"""public class Api { {{member}} }""").Of("Api", name).Effects);
}
