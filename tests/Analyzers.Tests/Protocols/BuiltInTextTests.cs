using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Protocols.Text;
using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Tests.Protocols;

/// <summary>What the built-in texts name exists, in every framework that they are meant for.</summary>
public sealed class BuiltInTextTests
{
    private static readonly CSharpCompilation Net80 = CSharpCompilation.Create("net8.0", references: Basic.Reference.Assemblies.Net80.References.All);
    private static readonly CSharpCompilation Net100 = CSharpCompilation.Create("net10.0", references: Basic.Reference.Assemblies.Net100.References.All);

    public static TheoryData<string> Families => new(BuiltInProtocols.Families.Select(family => family.Family));

    [Fact]
    public void There_is_a_text_for_every_family() => Assert.Equal(
        [
            "buffers", "com", "handles-and-pointers", "locks", "mapped-files", "mapping-unix", "mapping-windows", "native-memory", "same-object", "throwing-nothing", "waiting",
        ],
        BuiltInProtocols.Families.Select(family => family.Family));

    [Theory, MemberData(nameof(Families))]
    public void Every_line_can_be_read(string family) => Assert.Empty(TextOf(family).Errors);

    [Theory, MemberData(nameof(Families))]
    public void Every_member_of_the_framework_exists_since_when_the_text_says(string family)
    {
        foreach (var row in TextOf(family).Rows.Where(IsOfFramework))
        {
            Assert.True(IsDescribed(row, Net100), $"net10.0 has no {row.Subject.Source}");
            Assert.True(IsDescribed(row, Net80) != SaysSince(family, row), $"net8.0 {(SaysSince(family, row) ? "has" : "has no")} {row.Subject.Source}");
        }
    }

    [Fact]
    public void What_is_acquired_can_be_released_and_the_reverse()
    {
        var rows = BuiltInProtocols.Index.Texts.SelectMany(text => text.Rows).ToArray();

        Assert.Equal(
            rows.Where(row => row.Verb == RowVerb.Acquires).Select(row => row.Resource.Text).Distinct().Order(StringComparer.Ordinal),
            rows.Where(row => row.Verb == RowVerb.Releases).Select(row => row.Resource.Text).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_resource_is_introduced_once() =>
        Assert.Equal(
            BuiltInProtocols.Index.Texts.SelectMany(text => text.Rows).Where(row => row.Resource.Text is not null).Select(row => row.Resource.Text).Distinct().Order(StringComparer.Ordinal),
            BuiltInProtocols.Index.Texts.SelectMany(text => text.Resources).Select(resource => resource.Name.Text).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_library_is_introduced() =>
        Assert.Subset(
            BuiltInProtocols.Index.Texts.SelectMany(text => text.Libraries).Select(library => library.Name.Text).ToHashSet(),
            BuiltInProtocols.Index.Texts.SelectMany(text => text.Rows).Select(row => row.Subject.Library).OfType<string>().ToHashSet());

    [Fact]
    public void No_row_stands_twice() =>
        Assert.All(
            BuiltInProtocols.Index.Texts.SelectMany(text => text.Rows).GroupBy(row => $"{row.Verb} {row.Resource} {row.Target} {row.When} {string.Join(' ', row.Conditions)} {row.Subject.Source}"),
            rows => Assert.Single(rows));

    private static ProtocolText TextOf(string family) => BuiltInProtocols.Families.Single(candidate => candidate.Family == family).Text;

    private static bool IsOfFramework(ProtocolRow row) => row.Subject.Library is null && !row.Subject.Id.Contains(":Mono.");

    /// <summary>Some overload at least has every parameter that the row names.</summary>
    private static bool IsDescribed(ProtocolRow row, Compilation framework) =>
        RowSymbols.Of(row.Subject, framework).Described.Any(member => row.Parameters.All(parameter => RowReader.OrdinalOf(parameter, member) is not null));

    private static bool SaysSince(string family, ProtocolRow row) =>
        File.ReadLines(Repository.PathOf($"src/Analyzers/Protocols/BuiltIn/{family}.mmap-protocol.txt")).ElementAt(row.Subject.Source.Line).Contains("# since .NET ");
}
