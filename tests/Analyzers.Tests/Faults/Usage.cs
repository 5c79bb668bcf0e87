using Microsoft.CodeAnalysis;
using MmapAnalyzers.Testing;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>A correct program of the folder <c>Usages</c>, each of which shows one idiom.</summary>
internal sealed record Usage(string Family, string Name, string Text)
{
    private const string Folder = "tests/Analyzers.Tests/Usages";
    private const string Shared = "Declarations";

    public static ImmutableArray<Usage> All { get; } = [.. Read().Where(usage => usage.Family != Shared)];

    /// <summary>The usings of a project.</summary>
    public static SyntaxTree Usings { get; } = Analysis.Parse(
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """);

    /// <summary>What packages would declare that some of them refer to.</summary>
    public static IEnumerable<SyntaxTree> Declarations => Read().Where(usage => usage.Family == Shared).Select(usage => usage.Tree);

    public SyntaxTree Tree => Analysis.Parse(Text, ToString());

    public override string ToString() => $"{Family}/{Name}.cs";

    private static IEnumerable<Usage> Read() =>
        Directory.EnumerateFiles(Repository.PathOf(Folder), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => new Usage(Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)));
}
