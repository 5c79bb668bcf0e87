using System.Text.RegularExpressions;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Protocols.Text;
using MmapAnalyzers.Symbols;

namespace MmapAnalyzers.Tests.SelfChecks;

/// <summary>The attributes as the runtime declares them, as the analyzers know them by name, and as the pages list them.</summary>
public sealed class VocabularyTests
{
    private static readonly System.Reflection.Assembly Runtime = typeof(MmapAnalyzers.Runtime.Machine).Assembly;
    private static readonly string Page = Product.Read("docs/protocols.md");

    [Fact]
    public void Every_attribute_that_the_analyzers_know_is_declared_and_every_declared_one_is_known() =>
        Assert.Equal(
            Runtime.GetTypes().Where(type => type.Namespace == MetadataNames.AnnotationsNamespace && type.IsSubclassOf(typeof(Attribute))).Select(type => type.Name).Order(StringComparer.Ordinal),
            MetadataNames.AllAttributes.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_name_is_in_the_list_of_all() =>
        Assert.Equal(
            typeof(MetadataNames).GetFields().Where(field => field.IsLiteral && field.Name != nameof(MetadataNames.AnnotationsNamespace)).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
            MetadataNames.AllAttributes.Order(StringComparer.Ordinal));

    [Fact]
    public void The_outcomes_are_the_same_on_both_sides() => Assert.Equal(Enum.GetNames<Annotations.Outcome>(), Enum.GetNames<Outcome>());

    [Fact]
    public void The_named_arguments_that_the_analyzers_read_exist()
    {
        Assert.All(new[] { "When", "WhenValue", "WhenParameter", "Awaited", "Paired", "Element" }, name =>
        {
            Assert.NotNull(typeof(Annotations.AcquiresAttribute).GetProperty(name));
            Assert.NotNull(typeof(Annotations.ReleasesAttribute).GetProperty(name));
        });
        Assert.NotNull(typeof(Annotations.RoleAttribute).GetProperty("Success"));
        Assert.NotNull(typeof(Annotations.RoleAttribute).GetProperty("Resource"));
    }

    [Fact]
    public void The_page_lists_every_attribute() =>
        Assert.Equal(
            MetadataNames.AllAttributes.Select(name => name[..^"Attribute".Length]).Order(StringComparer.Ordinal),
            Markdown.Table(Page, "| attribute | on | says |").Select(row => Regex.Match(row[0], @"\w+").Value).Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_lists_every_outcome() => Assert.Equal(Enum.GetNames<Outcome>(), Markdown.Table(Page, "| outcome | in a text | the effect holds |").Select(row => row[0].Trim('`')));

    [Fact]
    public void The_page_has_the_words_of_outcomes_in_texts() =>
        Assert.Equal(
            RowOutcome.Names.Order(StringComparer.Ordinal),
            Markdown.Table(Page, "| outcome | in a text | the effect holds |").Select(row => Word(row[1])).Where(word => word != "").Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_lists_every_statement_of_texts() =>
        Assert.Equal(ProtocolText.Statements.Order(StringComparer.Ordinal), Markdown.Table(Page, "| statement | says |").Select(row => Word(row[0])));

    [Fact]
    public void The_page_lists_every_option_of_texts() =>
        Assert.Equal(
            RowOptions.Names.Select(name => name.TrimEnd('=')).Order(StringComparer.Ordinal),
            Markdown.Table(Page, "| option | says |").Select(row => Word(row[0])).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_has_ten_numbered_examples_each_with_a_finding()
    {
        var examples = Regex.Split(Page, @"^### \d+\. ", RegexOptions.Multiline)[1..];

        Assert.Equal(10, examples.Length);
        Assert.All(examples, text => Assert.Contains(Markdown.Examples(text), example => example.Code.Contains("// MMAP")));
    }

    [Fact]
    public void The_page_lists_every_role() => Assert.Equal(RoleContract.KnownRoles, Markdown.Table(Page, "| role | owes |").Select(row => row[0].Trim('`')));

    [Fact]
    public void The_documentation_of_the_attribute_lists_every_role() =>
        Assert.Equal(
            RoleContract.KnownRoles,
            Regex.Matches(Product.Read("src/Runtime/Annotations/RoleAttribute.cs"), "<term>(.*?)</term>")
                .SelectMany(term => Regex.Matches(term.Groups[1].Value, "<c>(.*?)</c>").Select(match => match.Groups[1].Value)).Order(StringComparer.Ordinal));

    /// <summary>The first word of a cell.</summary>
    private static string Word(string cell) => Regex.Match(cell, "[a-z][a-z-]*").Value;
}
