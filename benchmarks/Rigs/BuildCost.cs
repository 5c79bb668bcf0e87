using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Benchmarks.Sources;
using MmapAnalyzers.Benchmarks.Measuring;

namespace MmapAnalyzers.Benchmarks.Rigs;

/// <summary>What it costs to bind all sources and report everything that is wrong with them.</summary>
/// <param name="Nanoseconds">Processor time of all threads: what a build on busy cores takes, and next to nothing that other programs change.</param>
/// <param name="Bytes">Managed memory that was allocated.</param>
internal readonly record struct BuildCost(double Nanoseconds, double Bytes)
{
    /// <summary>What one build costs more than another.</summary>
    public static BuildCost operator -(BuildCost left, BuildCost right) => new(left.Nanoseconds - right.Nanoseconds, left.Bytes - right.Bytes);

    /// <summary>Builds a corpus, parsed before, of which nothing is bound yet.</summary>
    public static BuildCost Of(Corpus corpus, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        CSharpCompilation compilation = corpus.Fresh();
        GC.Collect();
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan start = Clock.ProcessorTime;
        if (analyzers.IsEmpty)
            compilation.GetDiagnostics();
        else
            With(compilation, analyzers).GetAllDiagnosticsAsync().GetAwaiter().GetResult();
        return new BuildCost((Clock.ProcessorTime - start).TotalNanoseconds, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }

    /// <summary>A compilation with analyzers, all threads at work; an analyzer that fails makes the measurement fail.</summary>
    public static CompilationWithAnalyzers With(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers) => compilation.WithAnalyzers(
        analyzers,
        new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), static (exception, _, _) => ExceptionDispatchInfo.Throw(exception), concurrentAnalysis: true, logAnalyzerExecutionTime: false));
}
