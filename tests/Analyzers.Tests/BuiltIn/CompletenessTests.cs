using MmapAnalyzers.Protocols;
using MmapAnalyzers.Protocols.Text;

namespace MmapAnalyzers.Tests.BuiltIn;

/// <summary>A row that is added to a built-in text needs a line in one of the tables of this folder.</summary>
public sealed class CompletenessTests
{
    /// <summary>The families that count something.</summary>
    public static TheoryData<string> Families => new(BuiltInProtocols.Families.Where(family => !family.Text.Resources.IsEmpty).Select(family => family.Family));

    [Theory, MemberData(nameof(Families))]
    public void Every_row_has_a_reported_and_a_silent_case(string family)
    {
        var text = BuiltInProtocols.Families.Single(candidate => candidate.Family == family).Text;

        Assert.Empty(text.Rows.Where(row => !RowCase.All.Any(line => line.Covers(row, ModulesOf(row)))).Select(row => $"{row.Verb} {row.Resource} {row.Subject.Source}"));
    }

    [Fact]
    public void Every_program_compiles() => Assert.Empty(RowCase.All.Where(line => line.Errors.Count > 0).Select(line => $"{line.Text}: {line.Errors[0]}"));

    private static IReadOnlyList<string> ModulesOf(ProtocolRow row) =>
        row.Subject.Library is { } library ? [.. BuiltInProtocols.Index.Texts.SelectMany(other => other.Libraries).Where(known => known.Name.Text == library).SelectMany(known => known.Modules).Select(module => $"{module}")] : [];
}
