using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Benchmarks.Rigs;
using MmapAnalyzers.Benchmarks.Sources;

namespace MmapAnalyzers.Benchmarks.Budgets;

/// <summary>
/// How long the slowest member takes. The members of a project are analyzed one after the other, each as an editor asks for a span, and what the analyzers keep
/// of one is there for the next. So a member is charged with what it calls, unless an earlier one was: what is found is a bound from above for one alone.
/// </summary>
internal static class MethodBudgets
{
    private const double Tenth = 100_000_000;
    private const int Passes = 3;

    public static IEnumerable<Budget> All { get; } = [new("worst-method", 1.0, "the analyzers' time for the slowest member of the plain and the dense sources", "a tenth of a second", false, Worst)];

    private static Measurement Worst() => new(Math.Max(SlowestIn(Corpora.PlainOnce), SlowestIn(Corpora.DenseOnce)), Tenth);

    /// <summary>The largest of the members' medians.</summary>
    private static double SlowestIn(Corpus corpus)
    {
        _ = Pass(corpus);
        double[][] passes = [.. Enumerable.Range(0, Passes).Select(_ => Pass(corpus))];
        return Enumerable.Range(0, passes[0].Length).Max(member => Interleaved.Median(passes.Select(pass => pass[member])));
    }

    private static double[] Pass(Corpus corpus)
    {
        CSharpCompilation compilation = corpus.Fresh();
        compilation.GetDiagnostics();
        CompilationWithAnalyzers analyzed = BuildCost.With(compilation, AnalyzerSet.Own);
        return [.. compilation.SyntaxTrees.SelectMany(tree => Members(analyzed, compilation.GetSemanticModel(tree)))];
    }

    private static IEnumerable<double> Members(CompilationWithAnalyzers analyzed, SemanticModel model)
    {
        foreach (MemberDeclarationSyntax member in model.SyntaxTree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>().Where(HasCode))
        {
            TimeSpan start = Clock.ProcessorTime;
            analyzed.GetAnalyzerSemanticDiagnosticsAsync(model, member.Span, CancellationToken.None).GetAwaiter().GetResult();
            yield return (Clock.ProcessorTime - start).TotalNanoseconds;
        }
    }

    private static bool HasCode(MemberDeclarationSyntax member) => member is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax;
}
