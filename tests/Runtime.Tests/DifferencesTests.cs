using System.Reflection;
using System.Text.RegularExpressions;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Runtime.Tests;

/// <summary>The page that says where the machine differs from 2.0.40 has a test for every row, and no test shows a row that is not there.</summary>
public sealed partial class DifferencesTests
{
    private static IEnumerable<string> Rows => File.ReadLines(Repository.PathOf("docs/differences.md"))
        .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal) && !line.StartsWith("| id |", StringComparison.Ordinal))
        .Select(line => Id().Match(line) is { Success: true } match ? match.Groups[1].Value : $"no id: {line}");

    [Fact]
    public void Every_row_has_a_test_and_every_marked_test_a_row() => Assert.Equal(
        Rows.Order(StringComparer.Ordinal),
        Marked.Select(mark => mark.Id).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void No_id_is_there_twice() => Assert.Distinct(Rows);

    [Fact]
    public void Only_tests_are_marked() => Assert.All(Marked, mark => Assert.True(mark.Method.IsDefined(typeof(FactAttribute), inherit: false), $"{mark.Method.Name} is no test"));

    private static IEnumerable<(string Id, MethodInfo Method)> Marked =>
        from type in typeof(DifferencesTests).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        from mark in method.GetCustomAttributes<DifferenceAttribute>()
        select (mark.Id, method);

    [GeneratedRegex(@"^\| `([a-z0-9-]+)` \|")]
    private static partial Regex Id();
}
