using MmapAnalyzers.Protocols.Text;

namespace MmapAnalyzers.Protocols;

/// <summary>What is known of the framework and of native libraries: texts in the grammar of everybody's, read once a process.</summary>
internal static class BuiltInProtocols
{
    private const string Suffix = ".mmap-protocol.txt";

    private static readonly Lazy<ImmutableArray<(string Family, ProtocolText Text)>> LazyFamilies = new(() => [.. Read()]);
    private static readonly Lazy<ProtocolIndex> LazyIndex = new(() => new ProtocolIndex(Families.Select(family => family.Text)));

    /// <summary>The texts with their names: <c>buffers</c>, <c>locks</c> and so on.</summary>
    public static ImmutableArray<(string Family, ProtocolText Text)> Families => LazyFamilies.Value;

    public static ProtocolIndex Index => LazyIndex.Value;

    private static IEnumerable<(string Family, ProtocolText Text)> Read()
    {
        var assembly = typeof(BuiltInProtocols).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(Suffix, StringComparison.Ordinal)).OrderBy(name => name, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name.Substring(0, name.Length - Suffix.Length), ProtocolText.Parse(LinesOf(reader)));
        }
    }

    private static IEnumerable<string> LinesOf(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
