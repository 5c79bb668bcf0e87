namespace MmapAnalyzers.Tests.Protocols;

/// <summary>Native functions are known by library and entry point, whatever the method is called.</summary>
public sealed class ImportBindingTests
{
    private static readonly string[] Rows = ["library own = own libown own-compat", "acquires unit return import:own!own_take"];

    [Theory]
    [InlineData("own")]
    [InlineData("libown")]
    [InlineData("libown.so")]
    [InlineData("libown.so.6")]
    [InlineData("libown.dylib")]
    [InlineData("libown.6.dylib")]
    [InlineData("own.dll")]
    [InlineData("OWN.DLL")]
    [InlineData("/usr/lib/libown.so.6")]
    [InlineData(@"C:\\native\\own.dll")]
    [InlineData("own-compat")]
    public void A_library_has_many_spellings(string module) =>
        Assert.Single(Bind($"""[DllImport("{module}")] public static extern int own_take();""").Of("Api", "own_take").Effects);

    [Theory]
    [InlineData("libother")]
    [InlineData("libown2.so")]
    [InlineData("ownership")]
    public void Another_library_is_not_meant(string module) =>
        Assert.Empty(Bind($"""[DllImport("{module}")] public static extern int own_take();""").Of("Api", "own_take").Effects);

    [Theory]
    [InlineData("""[DllImport("own", EntryPoint = "own_take")] public static extern int Whatever();""")]
    [InlineData("""[DllImport("own", EntryPoint = "own_take", SetLastError = true)] public static extern int Whatever();""")]
    [InlineData("""[DllImport(Library, EntryPoint = Entry)] public static extern int Whatever();""")]
    [InlineData("""[LibraryImport("own", EntryPoint = "own_take")] public static partial int Whatever(); public static partial int Whatever() => 0;""")]
    [InlineData("""[LibraryImport(Library, EntryPoint = Entry)] public static partial int Whatever(); public static partial int Whatever() => 0;""")]
    [InlineData("""[LibraryImport("own", EntryPoint = "own_take")] public static partial int Whatever();""")]
    public void A_method_can_be_called_anything(string declaration)
    {
        var binding = Bind($"""private const string Library = "libown.so.6"; private const string Entry = "own_take"; {declaration}""");

        Assert.Single(binding.Of("Api", "Whatever").Effects);
        Assert.True(binding.Protocols.MayBind("Whatever"));
    }

    [Fact]
    public void The_method_that_is_called_like_the_entry_point_of_another_is_not_meant() =>
        Assert.Empty(Bind("""[DllImport("own", EntryPoint = "own_look")] public static extern int own_take();""").Of("Api", "own_take").Effects);

    [Fact]
    public void A_method_of_the_name_that_imports_nothing_is_not_meant() =>
        Assert.Empty(Bind("public static int own_take() => 0;").Of("Api", "own_take").Effects);

    [Fact]
    public void An_import_that_nothing_describes_adds_no_name() =>
        Assert.False(Bind("""[DllImport("own")] public static extern int own_look();""").Protocols.MayBind("own_look"));

    [Fact]
    public void The_names_of_entry_points_may_be_those_of_methods_in_other_assemblies() => Assert.True(Bind("").Protocols.MayBind("own_take"));

    [Fact]
    public void A_project_can_add_to_a_library() =>
        Assert.Single(new Binding(
            """public static class Api { [DllImport("musl")] public static extern int own_take(); }""",
            [.. Rows, "library own = musl"]).Of("Api", "own_take").Effects);

    private static Binding Bind(string members) => new($$"""public static partial class Api { {{members}} }""", Rows);
}
