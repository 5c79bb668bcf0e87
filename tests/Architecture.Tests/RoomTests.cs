using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Architecture.Tests;

public sealed class RoomTests
{
    private static readonly Lazy<SourceTree> Analyzers = new(() => SourceTree.Load([.. SourceFiles.Below("src/Analyzers"), .. SourceFiles.Below("src/CodeFixes")]));
    private static readonly Lazy<SourceTree> Runtime = new(() => SourceTree.Load(SourceFiles.Below("src/Runtime")));

    /// <summary>The two parts of the product.</summary>
    public static TheoryData<string> Parts => new(nameof(House.Analyzers), nameof(House.Runtime));

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_room_uses_only_the_rooms_that_the_table_allows(string part)
    {
        Plan plan = PlanOf(part);
        IEnumerable<Use> forbidden = Load(part).Uses().Where(use => !plan.Allows(use));
        AssertNone("Arrows that the table in House.cs does not have", forbidden.Select(use => use.ToString()));
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Every_room_of_the_source_is_in_the_table(string part)
    {
        Plan plan = PlanOf(part);
        AssertNone("Namespaces that the table in House.cs does not have", Load(part).Namespaces.Where(name => !plan.Has(name)));
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void No_name_of_the_source_is_unknown_to_these_tests(string part) => AssertNone("Errors", Load(part).Errors);

    [Theory]
    [MemberData(nameof(Parts))]
    public void The_table_names_only_its_own_rooms_and_has_no_circle(string part)
    {
        HashSet<string> above = [];
        foreach (Room room in PlanOf(part).Rooms)
        {
            Assert.All(room.MayUse, used => Assert.Contains(used, above));   // written from the bottom up: a circle cannot be
            above.Add(room.Namespace);
        }
    }

    [Fact]
    public void Every_source_file_stands_in_the_folder_of_its_namespace()
    {
        AssertNone("Files whose namespace is not their folder", SourceFiles.Below("src").SelectMany(file =>
            from line in File.ReadLines(file)
            where line.StartsWith("namespace ", StringComparison.Ordinal) && line != $"namespace {SourceFiles.NamespaceOf(file)};"
            select $"{Path.GetRelativePath(Repository.Root, file)}: {line}"));
    }

    private static Plan PlanOf(string part) => part == nameof(House.Runtime) ? House.Runtime : House.Analyzers;

    private static SourceTree Load(string part) => part == nameof(House.Runtime) ? Runtime.Value : Analyzers.Value;

    private static void AssertNone(string what, IEnumerable<string> found)
    {
        string[] lines = [.. found];
        Assert.True(lines.Length == 0, $"{what}:\n  {string.Join("\n  ", lines)}");
    }
}
