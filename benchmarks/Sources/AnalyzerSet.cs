using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Rules;

namespace MmapAnalyzers.Benchmarks.Sources;

/// <summary>The analyzers that are measured.</summary>
internal static class AnalyzerSet
{
    /// <summary>"Dispose objects before losing scope".</summary>
    public const string PeerId = "CA2000";

    private const string PeerType = "Microsoft.NetCore.Analyzers.Runtime.DisposeObjectsBeforeLosingScope";

    /// <summary>Every analyzer of this repository.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Own { get; } =
    [
        .. typeof(ProtocolAnalyzer).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>The one that comes with the SDK and has the most similar work.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Peer => [(DiagnosticAnalyzer)Activator.CreateInstance(PeerAssembly.GetType(PeerType, throwOnError: true)!)!];

    private static Assembly PeerAssembly => Assembly.LoadFrom(Path.Combine(Repository.Built("NetAnalyzers"), "Microsoft.CodeAnalysis.NetAnalyzers.dll"));
}
