using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Benchmarks.Rigs;
using MmapAnalyzers.Benchmarks.Sources;

namespace MmapAnalyzers.Benchmarks.Budgets;

/// <summary>
/// What an editor waits for after a key: diagnostics of the document in which it was typed. Both sides begin with a compilation that differs from the last
/// one in that document and of which nothing is bound, so each binds for itself what it needs.
/// </summary>
internal static class EditingBudgets
{
    public static IEnumerable<Budget> All { get; } =
        [new("keystroke", 1.0, "the analyzers' diagnostics of a document of 1,000 lines after an edit", "the compiler's", false, Keystroke)];

    private static Measurement Keystroke()
    {
        SyntaxTree document = LongDocument.Create();
        CSharpCompilation project = Corpora.Plain.Fresh().AddSyntaxTrees(document);
        Corpus.Check(project.GetSemanticModel(document).GetDiagnostics());
        int number = 0;
        return Interleaved.Medians(
            () => Analyzed(Typed(project, document, ++number)),
            () => Compiled(Typed(project, document, number)));
    }

    /// <summary>The project after a line was typed in the middle of the document.</summary>
    private static (CSharpCompilation Project, SyntaxTree Document) Typed(CSharpCompilation project, SyntaxTree document, int number)
    {
        SourceText text = document.GetText();
        SyntaxTree edited = document.WithChangedText(text.WithChanges(new TextChange(new TextSpan(LongDocument.PlaceToType(document), 0), $" _ = {number};")));
        return (project.ReplaceSyntaxTree(document, edited), edited);
    }

    private static double Analyzed((CSharpCompilation Project, SyntaxTree Document) typed)
    {
        TimeSpan start = Clock.ProcessorTime;
        SemanticModel model = typed.Project.GetSemanticModel(typed.Document);
        BuildCost.With(typed.Project, AnalyzerSet.Own).GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None).GetAwaiter().GetResult();
        return (Clock.ProcessorTime - start).TotalNanoseconds;
    }

    private static double Compiled((CSharpCompilation Project, SyntaxTree Document) typed)
    {
        TimeSpan start = Clock.ProcessorTime;
        typed.Project.GetSemanticModel(typed.Document).GetDiagnostics();
        return (Clock.ProcessorTime - start).TotalNanoseconds;
    }
}
