namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>The cases of other suites as 2.0.40 answers them: a table of rows, and a program for every row that applies.</summary>
public sealed class PeerCaseTests
{
    public static IEnumerable<TheoryDataRow<string>> Rows => PeerRow.Table.Select(row => new TheoryDataRow<string>(row.Id)
    {
        TestDisplayName = row.DisplayName,
        Label = "",
        Skip = row.Applies ? null : row.Here,
    });

    [Theory, MemberData(nameof(Rows))]
    public void Row(string id) => Assert.Single(PeerProgram.All, program => program.Id == id).Run();

    [Fact]
    public void Every_row_that_applies_has_one_program_and_no_program_lacks_its_row() => Assert.Equal(
        PeerRow.Table.Where(row => row.Applies).Select(row => row.Id).Order(StringComparer.Ordinal),
        PeerProgram.All.Select(program => program.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void No_row_is_there_twice() => Assert.Distinct(PeerRow.Table.Select(row => row.Id));
}
