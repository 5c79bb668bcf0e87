using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Tests.Protocols;

/// <summary>Which members a row of a protocol text describes.</summary>
public sealed class RowBindingTests
{
    [Fact]
    public void A_method_is_named_by_its_parameters()
    {
        var binding = new Binding(
            "public class Api { public object Take() => this; public object Take(int size) => this; }",
            "acquires unit return M:Api.Take(System.Int32)");

        Assert.Equal([0, 1], binding.Members("Api", "Take").Select(member => binding.Protocols.Get(member).Effects.Length));
    }

    [Fact]
    public void A_method_without_parameters_has_no_parentheses() =>
        Assert.Equal(
            new Effect(EffectKind.Acquire, "unit", EffectTarget.Receiver, 0, Outcome.Always),
            Assert.Single(new Binding("public class Api { public void Take() { } }", "acquires unit this M:Api.Take").Of("Api", "Take").Effects));

    [Fact]
    public void An_asterisk_stands_for_every_overload_that_has_the_named_parameters()
    {
        var binding = new Binding(
            "public class Api { public void Give(object item) { } public void Give(object item, int size) { } public void Give() { } }",
            "releases unit item M:Api.Give(*)");

        Assert.Equal([1, 1, 0], binding.Members("Api", "Give").Select(member => binding.Protocols.Get(member).Effects.Length));
    }

    [Fact]
    public void An_asterisk_stands_for_every_number_of_type_parameters() =>
        Assert.Single(new Binding("public class Api { public T Take<T>() => default!; }", "acquires unit return M:Api.Take(*)").Of("Api", "Take").Effects);

    [Fact]
    public void A_method_of_a_generic_type() =>
        Assert.Single(new Binding("public class Pool<T> { public T Take(T like) => like; }", "acquires unit return M:Pool`1.Take(`0)").Of("Pool`1", "Take").Effects);

    [Fact]
    public void A_constructor_makes_an_object_with_a_unit()
    {
        var binding = new Binding("public class Api { public Api(int size) { } }", "acquires unit return M:Api.#ctor(*)");

        Assert.Equal(EffectTarget.Return, Assert.Single(binding.Of("Api", ".ctor").Effects).Target);
        Assert.True(binding.Protocols.MayBind("Api"));
    }

    [Fact]
    public void A_property_is_assigned_a_value() =>
        Assert.Equal(
            EffectTarget.AssignedValue,
            Assert.Single(new Binding("public class Api { public object? Owner { get; set; } }", "transfers unit value P:Api.Owner").Of("Api", "Owner").Effects).Target);

    [Fact]
    public void A_field_is_assigned_a_value() =>
        Assert.Equal(
            EffectTarget.AssignedValue,
            Assert.Single(new Binding("public class Api { public object? Owner; }", "transfers unit value F:Api.Owner").Of("Api", "Owner").Effects).Target);

    [Fact]
    public void An_indexer_is_an_item()
    {
        var binding = new Binding("public class Api { public object this[int index] => this; }", "uses unit this P:Api.Item(System.Int32)");

        Assert.Equal(EffectKind.Use, Assert.Single(binding.Of("Api", "this[]").Effects).Kind);
        Assert.True(binding.Protocols.MayBind("this[]"));
    }

    [Fact]
    public void A_delegate_type()
    {
        var binding = new Binding("namespace Some { public delegate bool Try(object item); }", "must-check T:Some.Try");

        Assert.True(binding.Protocols.Get(Assert.Single(binding.Members("Some.Try", "Invoke")).ContainingType).MustCheck);
    }

    [Fact]
    public void A_nested_type() =>
        Assert.Single(new Binding("public class Outer { public class Api { public void Take() { } } }", "acquires unit this M:Outer.Api.Take").Of("Outer+Api", "Take").Effects);

    [Fact]
    public void A_row_holds_for_what_overrides() =>
        Assert.Single(new Binding(
            "public class Api { public virtual void Take() { } } public class Own : Api { public override void Take() { } }",
            "acquires unit this M:Api.Take").Of("Own", "Take").Effects);

    [Theory]
    [InlineData("public void Take() { }", "Take")]
    [InlineData("void IApi.Take() { }", "IApi.Take")]
    public void A_row_holds_for_what_implements(string method, string name) =>
        Assert.Single(new Binding(
            $$"""public interface IApi { void Take(); } public class Own : IApi { {{method}} }""",
            "acquires unit this M:IApi.Take").Of("Own", name).Effects);

    [Fact]
    public void A_row_can_name_a_member_by_a_type_that_inherits_it()
    {
        const string Row = "acquires unit this M:Own.Take";
        const string Types = "public class Api { public void Take() { } } public class Own : Api { } public class Further : Own { }";

        Assert.Single(new Binding(Types + " class User { void Use(Own own) { own.Take(); } }", Row).OfCall().Effects);
        Assert.Single(new Binding(Types + " class User { void Use(Further own) { own.Take(); } }", Row).OfCall().Effects);
        Assert.Empty(new Binding(Types + " class User { void Use(Api api) { api.Take(); } }", Row).OfCall().Effects);
    }

    [Fact]
    public void A_row_can_name_a_member_of_an_interface_by_an_interface_that_inherits_it() =>
        Assert.Single(new Binding(
            "public interface IOwner : IDisposable { } class User { void Use(IOwner owner) { owner.Dispose(); } }",
            "releases unit this M:IOwner.Dispose").OfCall().Effects);

    [Fact]
    public void Another_member_of_the_same_name_is_not_described() =>
        Assert.True(new Binding("public class Other { public void Take() { } }", "acquires unit this M:Api.Take").Of("Other", "Take").IsEmpty);

    [Fact]
    public void Parameters_are_known_by_number_too() =>
        Assert.Equal(1, Assert.Single(new Binding("public class Api { public void Give(int size, object item) { } }", "releases unit p1 M:Api.Give(*)").Of("Api", "Give").Effects).Ordinal);

    [Fact]
    public void A_row_says_all_that_an_effect_can_be()
    {
        var effect = Assert.Single(new Binding(
            "public class Api { public System.Threading.Tasks.Task<(int, object)> Take(int length, out bool taken, int flags) { taken = true; return null!; } }",
            "acquires unit return.1 awaited when=taken:true pair=length if=flags&0x3 M:Api.Take(*)").Of("Api", "Take").Effects);

        Assert.Equal(
            new Effect(EffectKind.Acquire, "unit", EffectTarget.Return, 0, Outcome.True)
            {
                WhenOrdinal = 1,
                IsAwaited = true,
                Element = 1,
                PairedOrdinal = 0,
                OnlyIf = new ArgumentTest(2, 0x3, 0, IsNegated: true),
            },
            effect);
    }

    [Theory]
    [InlineData(0L, 0L, true)]
    [InlineData(4096L, 0L, false)]
    [InlineData(0L, 0x2000L, false)]
    [InlineData(0L, null, false)]
    public void Every_condition_must_hold_for_a_constant(long address, long? flags, bool applies)
    {
        var effect = Assert.Single(new Binding(
            "public class Api { public object Take(long address, int flags) => this; }",
            "acquires unit return if=address=0 if=flags!&0x2000 M:Api.Take(*)").Of("Api", "Take").Effects);

        Assert.Equal(applies, effect.Applies(ordinal => ordinal == 0 ? address : flags));
    }

    [Fact]
    public void What_is_no_effect()
    {
        var protocol = new Binding(
            "public class Api { public bool Do(object item) => true; }",
            "must-check M:Api.Do(*)", "throws-nothing M:Api.Do(*)", "null-value M:Api.Do(*)", "alias item M:Api.Do(*)").Of("Api", "Do");

        Assert.Equal((true, true, true, 0), (protocol.MustCheck, protocol.ThrowsNothing, protocol.IsNullValue, protocol.AliasOrdinal));
    }

    [Fact]
    public void An_alias_of_the_object_itself() =>
        Assert.Equal(
            MemberProtocol.AliasOfReceiver,
            new Binding("public class Api { public Api Self() => this; }", "alias this M:Api.Self").Of("Api", "Self").AliasOrdinal);

    [Fact]
    public void An_attribute_comes_before_a_row() =>
        Assert.Equal("stated", Assert.Single(new Binding(
            """public class Api { [Acquires("stated")] public void Take() { } }""",
            "acquires written this M:Api.Take").Of("Api", "Take").Effects).Resource);

    [Fact]
    public void Names_are_those_of_rows_and_of_members_with_attributes()
    {
        var protocols = new Binding(
            """public class Api { public void Take() { } [Releases("unit")] public void Give() { } public void Look() { } }""",
            "acquires unit this M:Api.Take").Protocols;

        Assert.True(protocols.MayBind("Take"));
        Assert.True(protocols.MayBind("Give"));
        Assert.False(protocols.MayBind("Look"));
    }

    [Fact]
    public void A_resource_is_described_by_its_line_or_by_its_name()
    {
        var protocols = new Binding("", """resource unit "the very unit" collected""").Protocols;

        Assert.Equal(new CountedResource("unit", "the very unit", IsCollected: true), protocols.Describe("unit"));
        Assert.Equal(new CountedResource("other-unit", "the other unit", IsCollected: false), protocols.Describe("other-unit"));
    }
}
