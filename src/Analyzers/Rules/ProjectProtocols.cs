using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>The protocols of a project: those of its attributes, of its protocol texts, and the built-in ones.</summary>
internal static class ProjectProtocols
{
    public static ProtocolBinder Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation) =>
        ProtocolBinder.Create(compilation, ProtocolFiles.In(options, cancellation));
}
