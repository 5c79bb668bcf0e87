using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Tests.SelfChecks;

public sealed class ReadmeTests
{
    private static readonly string Readme = Product.Read("README.md");

    [Fact]
    public void The_rule_table_lists_every_rule_as_it_is() =>
        Assert.Equal(
            Product.Descriptors.Select(descriptor => new[]
            {
                $"[{descriptor.Id}](docs/rules/{descriptor.Id}.md)",
                $"{descriptor.Title}",
                $"{descriptor.DefaultSeverity}".ToLowerInvariant(),
                Product.FixableIds.Contains(descriptor.Id) ? "yes" : "no",
            }),
            Markdown.Table(Readme, "| rule | title | severity | code fix |"));

    [Fact]
    public void The_commands_of_a_newcomer_can_be_copied()
    {
        var blocks = Markdown.Blocks(Readme, "bash").Select(block => block.Trim()).ToArray();
        Assert.Contains("dotnet run --project samples/Tour", blocks);
        Assert.Contains("dotnet test", blocks);
    }

    [Fact]
    public void Every_file_that_a_page_links_to_exists()
    {
        var pages = Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.PathOf("README.md"));
        Assert.All(pages, page => Assert.All(
            System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(page), @"\]\((?!https?:)([^)#]+)").Select(match => match.Groups[1].Value),
            link => Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, link)), $"{page} links to {link}")));
    }
}
