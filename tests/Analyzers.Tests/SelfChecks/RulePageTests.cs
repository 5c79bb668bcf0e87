using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Tests.SelfChecks;

/// <summary>Every rule has a page, and the page says what the descriptor says.</summary>
public sealed class RulePageTests
{
    private static readonly string[] Sections = ["Cause", "Why", "Wrong", "Right", "How to fix", "What is not reported", "How to suppress", "Configuration"];

    public static TheoryData<string> Ids => Product.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void The_first_line_is_id_and_title(string id) =>
        Assert.Equal($"# {id}: {Product.Descriptor(id).Title}", Page(id).Split('\n')[0]);

    [Theory, MemberData(nameof(Ids))]
    public void The_table_equals_the_descriptor_and_the_fixes(string id)
    {
        var descriptor = Product.Descriptor(id);
        Assert.Equal(
            [["Id", id], ["Category", descriptor.Category], ["Severity", $"{descriptor.DefaultSeverity}"], ["Code fix", Product.FixableIds.Contains(id) ? "Yes" : "No"]],
            Markdown.Table(Page(id), "| | |"));
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_link_of_the_rule_leads_to_the_page(string id)
    {
        var link = new Uri(Product.Descriptor(id).HelpLinkUri);
        Assert.EndsWith($"/blob/main/docs/rules/{id}.md", link.AbsolutePath);
        Assert.True(File.Exists(Repository.PathOf($"docs/rules/{id}.md")));
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_page_has_all_its_sections_in_order(string id) =>
        Assert.Equal(Sections, Page(id).Split('\n').Where(line => line.StartsWith("## ")).Select(line => line[3..]));

    [Theory, MemberData(nameof(Ids))]
    public void The_page_says_how_to_silence_this_rule(string id)
    {
        Assert.Contains($"#pragma warning disable {id}", Page(id));
        Assert.Contains($"dotnet_diagnostic.{id}.severity", Page(id));
    }

    [Fact]
    public void There_is_no_page_without_a_rule() =>
        Assert.Equal(
            Product.Descriptors.Select(descriptor => $"{descriptor.Id}.md").Order(StringComparer.Ordinal),
            Directory.GetFiles(Repository.PathOf("docs/rules")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));

    private static string Page(string id) => Product.Read($"docs/rules/{id}.md");
}
