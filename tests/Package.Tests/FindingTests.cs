namespace MmapAnalyzers.Package.Tests;

/// <summary>The comparison is worth as much as its two readers.</summary>
public sealed class FindingTests
{
    [Fact]
    public void Expectations_are_read_from_comments_at_the_end_of_a_line()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["Sub"]);
        File.WriteAllText(folder["Sub/A.cs"], "a\nb; // expect: MMAP1001, MMAP1002\n// expected: MMAP1003\n");
        Assert.Equal([new("Sub/A.cs", 2, "MMAP1001"), new("Sub/A.cs", 2, "MMAP1002")], Finding.ExpectedIn(folder.Path));
    }

    [Fact]
    public void Warnings_are_read_from_a_log_once_each()
    {
        const string Log = """
            /x/y/A.cs(7,9): warning MMAP1001: text (with: more) [/x/y/y.csproj]
            Build succeeded.
            /x/y/A.cs(7,9): warning MMAP1001: text (with: more) [/x/y/y.csproj]
            /x/y/B/C.cs(12,5): warning CS0168: other [/x/y/y.csproj::TargetFramework=net8.0]
            CSC : warning AD0001: Analyzer 'X' threw an exception (of some type) [/x/y/y.csproj]
            /x/y/B/C.cs(13,5): error CS0103: not a warning [/x/y/y.csproj]
            """;
        Assert.Equal([new("A.cs", 7, "MMAP1001"), new("B/C.cs", 12, "CS0168"), new("CSC", 0, "AD0001")], Finding.ReportedIn(Log, "/x/y"));
    }

    [Fact]
    public void A_difference_in_either_direction_fails_and_shows_the_log()
    {
        SortedSet<Finding> one = [new("A.cs", 1, "MMAP1001")];
        SortedSet<Finding> none = [];
        Finding.AssertSame(one, one, "log");
        foreach (Exception? failure in (Exception?[])[Record.Exception(() => Finding.AssertSame(one, none, "log")), Record.Exception(() => Finding.AssertSame(none, one, "log"))])
        {
            Assert.NotNull(failure);
            Assert.Contains("A.cs(1): MMAP1001", failure.Message, StringComparison.Ordinal);
            Assert.EndsWith("log", failure.Message, StringComparison.Ordinal);
        }
    }
}
