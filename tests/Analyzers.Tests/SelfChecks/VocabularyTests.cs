using System.Text.RegularExpressions;
using MmapAnalyzers.Protocols;
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
    public void The_page_lists_every_outcome() => Assert.Equal(Enum.GetNames<Outcome>(), Markdown.Table(Page, "| outcome | the effect holds |").Select(row => row[0].Trim('`')));

    [Fact]
    public void The_page_lists_every_role() => Assert.Equal(RoleContract.KnownRoles, Markdown.Table(Page, "| role | owes |").Select(row => row[0].Trim('`')));

    [Fact]
    public void The_documentation_of_the_attribute_lists_every_role() =>
        Assert.Equal(
            RoleContract.KnownRoles,
            Regex.Matches(Product.Read("src/Runtime/Annotations/RoleAttribute.cs"), "<term>(.*?)</term>")
                .SelectMany(term => Regex.Matches(term.Groups[1].Value, "<c>(.*?)</c>").Select(match => match.Groups[1].Value)).Order(StringComparer.Ordinal));
}
