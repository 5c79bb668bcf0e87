using MmapAnalyzers.Protocols;
using MmapAnalyzers.Protocols.Text;
using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Tests.SelfChecks;

/// <summary>The page of the built-in protocols is made from their texts; its first paragraphs are written by hand.</summary>
public sealed class BuiltInPageTests
{
    private const string Path = "docs/built-in-protocols.md";
    private const string Mark = "<!-- From here on the page is written by BuiltInPageTests. -->\n\n";
    private const string Update = "MMAP_UPDATE_DOCS";

    [Fact]
    public void The_tables_are_what_the_texts_say()
    {
        var page = Product.Read(Path);
        var expected = page[..(page.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)] + BuiltInTable.Write();
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(Repository.PathOf(Path), expected);
        }

        Assert.True(expected == Product.Read(Path), $"{Path} is not what the built-in texts say: run this test with {Update}=1 in the environment, and commit the page");
    }

    [Fact]
    public void Every_counted_resource_and_every_member_that_counts_is_there()
    {
        var page = Product.Read(Path);

        Assert.All(BuiltInProtocols.Index.Texts.SelectMany(text => text.Rows).Where(row => row.Verb is RowVerb.Acquires or RowVerb.Releases), row =>
        {
            Assert.Contains($" {row.Resource} |", page);
            Assert.Contains(row.Subject.IsConstructor ? $"`new {row.Subject.ContainerName}" : row.Subject.Name, page);
        });
    }
}
