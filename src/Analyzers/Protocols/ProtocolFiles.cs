using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using MmapAnalyzers.Protocols.Text;

namespace MmapAnalyzers.Protocols;

/// <summary>Protocol texts among the additional files of a project; each version of a file is read once.</summary>
internal static class ProtocolFiles
{
    private const string Suffix = ".mmap-protocol.txt";

    private static readonly ConditionalWeakTable<SourceText, ProtocolText> Read = new();

    public static bool IsProtocol(AdditionalText file) => file.Path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    public static ImmutableArray<ProtocolText> In(AnalyzerOptions options, CancellationToken cancellation) =>
    [
        .. options.AdditionalFiles.Where(IsProtocol).GroupBy(file => file.Path).OrderBy(files => files.Key, StringComparer.Ordinal)
            .Select(files => files.First().GetText(cancellation)).OfType<SourceText>().Select(Parse),
    ];

    public static ProtocolText Parse(SourceText text) =>
        Read.GetValue(text, static text => ProtocolText.Parse(text.Lines.Select(line => line.ToString())));
}
