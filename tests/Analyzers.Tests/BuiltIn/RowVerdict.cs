using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.BuiltIn;

/// <summary>What is reported for a program. The rows are hundreds, so this does without a workspace; that the programs compile is a test of its own.</summary>
internal static class RowVerdict
{
    /// <summary>Exactly the marked findings are reported, and there is one.</summary>
    public static async Task Is(string marked)
    {
        var (expected, found) = await Compare(marked);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, found);
    }

    /// <summary>Nothing is reported.</summary>
    public static async Task IsSilent(string source)
    {
        var (expected, found) = await Compare(source);

        Assert.Empty(expected);
        Assert.Empty(found);
    }

    private static async Task<(string[] Expected, string[] Found)> Compare(string marked)
    {
        TestFileMarkupParser.GetSpans(marked, out var source, out ImmutableDictionary<string, ImmutableArray<TextSpan>> marks);
        var found = await Analysis.Of(Analysis.Empty.AddSyntaxTrees(Analysis.Parse(source)));
        return (
            [.. marks.SelectMany(mark => mark.Value.Select(span => $"{mark.Key}: {source.Substring(span.Start, span.Length)}")).Order(StringComparer.Ordinal)],
            [.. found.Select(diagnostic => $"{diagnostic.Id}: {source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)}").Order(StringComparer.Ordinal)]);
    }
}
