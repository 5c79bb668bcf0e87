using System.Reflection;
using System.Text.RegularExpressions;
using MmapAnalyzers.Diagnostics;

namespace MmapAnalyzers.Tests.SelfChecks;

public sealed class RuleIdTests
{
    [Fact]
    public void Every_id_belongs_to_one_rule() => Assert.Equal(Product.Descriptors.Select(descriptor => descriptor.Id).Distinct(), Product.Descriptors.Select(descriptor => descriptor.Id));

    [Fact]
    public void Every_constant_of_an_id_has_a_rule_and_every_rule_a_constant() =>
        Assert.Equal(
            Product.Descriptors.Select(descriptor => descriptor.Id),
            typeof(RuleIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_id_lies_in_a_range_of_the_list()
    {
        var ranges = Regex.Matches(Product.Read("src/Analyzers/Diagnostics/RuleRanges.txt"), @"^(\d{4})-(\d{4})  \S", RegexOptions.Multiline)
            .Select(match => (From: int.Parse(match.Groups[1].Value), To: int.Parse(match.Groups[2].Value))).ToArray();
        Assert.NotEmpty(ranges);
        Assert.All(Product.Descriptors, descriptor =>
        {
            Assert.Matches(@"^MMAP\d{4}$", descriptor.Id);
            Assert.Single(ranges, range => int.Parse(descriptor.Id[4..]) >= range.From && int.Parse(descriptor.Id[4..]) <= range.To);
        });
    }

    [Fact]
    public void A_code_fix_repairs_only_rules_that_exist() => Assert.Subset(Product.Descriptors.Select(descriptor => descriptor.Id).ToHashSet(), Product.FixableIds.ToHashSet());

    [Fact]
    public void Titles_and_messages_read_as_one_sentence() =>
        Assert.All(Product.Descriptors, descriptor =>
        {
            Assert.DoesNotMatch(@"\.$|\n|^\s|\s$", descriptor.Title.ToString());
            Assert.DoesNotMatch(@"\.$|\n|^\s|\s$", descriptor.MessageFormat.ToString());
            Assert.EndsWith(".", descriptor.Description.ToString());
        });
}
