using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>Compilations of usages and of their mutants; the references are read once.</summary>
internal static class Compiled
{
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Usages",
        [Usage.Usings],
        [.. Basic.Reference.Assemblies.Net100.References.All, Package()],
        Options);

    private static CSharpCompilationOptions Options =>
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    public static CSharpCompilation Of(IEnumerable<SyntaxTree> trees) => Empty.AddSyntaxTrees(trees);

    public static bool HasErrors(Compilation compilation) => compilation.GetDiagnostics().Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>The declarations of packages, out of the sight of those who refer to them.</summary>
    private static MetadataReference Package()
    {
        using var image = new MemoryStream();
        Assert.True(CSharpCompilation.Create("Packages", [Usage.Usings, .. Usage.Declarations], Basic.Reference.Assemblies.Net100.References.All, Options).Emit(image).Success);
        image.Position = 0;
        return MetadataReference.CreateFromStream(image);
    }
}
