using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>Compilations of usages and of their mutants; the references are read once.</summary>
internal static class Compiled
{
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Usages",
        Usage.Surroundings,
        Basic.Reference.Assemblies.Net100.References.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpCompilation Of(IEnumerable<SyntaxTree> trees) => Empty.AddSyntaxTrees(trees);

    public static bool HasErrors(Compilation compilation, SyntaxTree tree) =>
        compilation.GetSemanticModel(tree).GetDiagnostics().Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
