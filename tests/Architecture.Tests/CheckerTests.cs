namespace MmapAnalyzers.Architecture.Tests;

/// <summary>The checker itself, on a house of two rooms in which the upper may use the lower.</summary>
public sealed class CheckerTests
{
    private static readonly Plan TwoRooms = new(new Room("Low", MayUse: []), new Room("High", MayUse: ["Low"]));

    private const string High = """
        namespace High;
        public static class Roof { public const int Height = 3; public static int Rain() => 1; public sealed class Tile; }
        public enum Weather { Dry, Wet }
        """;

    [Theory]
    [InlineData("int Look() => High.Roof.Rain();", "Roof.Rain()")]
    [InlineData("int Look() => High.Roof.Height;", "Roof.Height")]                                      // inlined by the compiler: no assembly shows it
    [InlineData("string Look() => nameof(High.Roof);", "Roof")]
    [InlineData("bool Look(int i) => i == (int)High.Weather.Wet;", "Weather.Wet")]
    [InlineData("object Look(System.Func<High.Roof.Tile> f) { var tile = f(); return tile; }", "Roof.Tile")]
    public void A_planted_arrow_upwards_is_found(string member, string name)
    {
        SourceTree source = SourceTree.Parse(High, $"namespace Low; public class Cellar {{ {member} }}");
        Assert.Empty(source.Errors);
        Use[] forbidden = [.. source.Uses().Where(use => !TwoRooms.Allows(use))];
        Assert.All(forbidden, use => Assert.Equal(("Low", "High", "1.cs(1)"), (use.From, use.To, use.Place)));
        Assert.Contains(forbidden, use => use.Name == name);
    }

    [Fact]
    public void An_arrow_downwards_and_the_mention_in_a_comment_are_allowed()
    {
        SourceTree source = SourceTree.Parse(
            "namespace Low; /// <summary><see cref=\"High.Attic\"/></summary>\npublic class Cellar { public Cellar Self => this; }",
            "using Low; namespace High; public class Attic { Cellar Below { get; } = new(); }");
        Assert.Empty(source.Errors);
        Assert.Equal(("High", "Low"), Assert.Single(source.Uses().Select(use => (use.From, use.To)).Distinct()));
        Assert.DoesNotContain(source.Uses(), use => !TwoRooms.Allows(use));
    }

    [Fact]
    public void What_the_compiler_makes_up_belongs_to_no_room()
    {
        SourceTree source = SourceTree.Parse(
            "namespace Low; class Cellar { (int A, int B) Pair => (1, 2); int Sum() { var it = new { X = Pair.A, Pair.B }; (int a, int b) = Pair; return it.X + it.B + a + b; } }");
        Assert.Empty(source.Errors);
        Assert.Empty(source.Uses());
    }

    [Fact]
    public void An_arrow_from_or_to_a_room_that_the_table_lacks_is_not_allowed()
    {
        Assert.False(TwoRooms.Allows(new Use("Garden", "Low", "Cellar", "")));
        Assert.False(TwoRooms.Allows(new Use("High", "Garden", "Tree", "")));
        Assert.Equal(["Garden", "Low"], SourceTree.Parse("namespace Low; class A;", "namespace Garden { class B; }").Namespaces);
    }

    [Fact]
    public void A_name_that_does_not_bind_is_an_error() => Assert.NotEmpty(SourceTree.Parse("namespace Low; class A { Missing X; }").Errors);
}
