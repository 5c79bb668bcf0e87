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

    private static Measurement Worst()
    {
        (string member, double time) = new[] { SlowestIn(Corpora.PlainOnce), SlowestIn(Corpora.DenseOnce) }.MaxBy(slowest => slowest.Time);
        return new Measurement(time, Tenth) { At = member };
    }

    /// <summary>The largest of the members' medians.</summary>
    private static (string Member, double Time) SlowestIn(Corpus corpus)
    {
        _ = Pass(corpus);
        (string Member, double Time)[][] passes = [.. Enumerable.Range(0, Passes).Select(_ => Pass(corpus))];
        return passes[0].Select((first, index) => (first.Member, Interleaved.Median(passes.Select(pass => pass[index].Time)))).MaxBy(member => member.Item2);
    }

    private static (string Member, double Time)[] Pass(Corpus corpus)
    {
        CSharpCompilation compilation = corpus.Fresh();
        compilation.GetDiagnostics();
        CompilationWithAnalyzers analyzed = BuildCost.With(compilation, AnalyzerSet.Own);
        return [.. compilation.SyntaxTrees.SelectMany(tree => Members(analyzed, compilation.GetSemanticModel(tree)))];
    }

    private static IEnumerable<(string Member, double Time)> Members(CompilationWithAnalyzers analyzed, SemanticModel model)
    {
        foreach (MemberDeclarationSyntax member in model.SyntaxTree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>().Where(HasCode))
        {
            TimeSpan start = Clock.ProcessorTime;
            analyzed.GetAnalyzerSemanticDiagnosticsAsync(model, member.Span, CancellationToken.None).GetAwaiter().GetResult();
            yield return (model.GetDeclaredSymbol(member)?.ToDisplayString() ?? string.Empty, (Clock.ProcessorTime - start).TotalNanoseconds);
        }
    }

    private static bool HasCode(MemberDeclarationSyntax member) => member is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax;
}
