using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Rules;
using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Tests.Verification;

/// <summary>Runs the analyzers over any text, also text that does not compile; an analyzer that throws fails the test with its stack.</summary>
internal static class Analysis
{
    private static readonly CSharpCompilationOptions Options =
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    public static readonly SyntaxTree Usings = Parse(References.GlobalUsings, "GlobalUsings.cs");

    /// <summary>A program of the usings alone. What is made of it by adding trees binds the references only once.</summary>
    public static readonly CSharpCompilation Empty = CSharpCompilation.Create("Program", [Usings], References.All, Options);

    public static SyntaxTree Parse(string source, string path = "") => CSharpSyntaxTree.ParseText(source, References.ParseOptions, path);

    /// <summary>What is reported for a driver that was written against the runtime.</summary>
    public static Task<ImmutableArray<Diagnostic>> Of(string source) => Of([Usings, Parse(source)]);

    public static Task<ImmutableArray<Diagnostic>> Of(
        IEnumerable<SyntaxTree> trees, IEnumerable<MetadataReference>? references = null, bool concurrent = true) =>
        Of(CSharpCompilation.Create("Drivers", trees, references ?? References.All, Options), concurrent);

    public static async Task<ImmutableArray<Diagnostic>> Of(CSharpCompilation compilation, bool concurrent = true)
    {
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (exception, _, _) => thrown ??= exception, concurrent, logAnalyzerExecutionTime: false);
        DiagnosticAnalyzer[] analyzers = [new ProtocolAnalyzer(), new MMAP0003SenselessProtocol()];
        ImmutableArray<Diagnostic> found =
            await compilation.WithAnalyzers([.. analyzers], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Null(thrown);
        return found;
    }

    /// <summary>The texts at a diagnostic's additional locations, in their order.</summary>
    public static IEnumerable<string> Story(Diagnostic diagnostic) =>
        diagnostic.AdditionalLocations.Select(location => location.SourceTree!.GetText().ToString(location.SourceSpan));

    /// <summary>The sources of the drivers that come as samples, right ones and broken ones.</summary>
    public static IEnumerable<string> SampleDrivers() => new[] { "SeedDrivers", "BrokenDrivers" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", folder), "*.cs"))
        .Order(StringComparer.Ordinal)
        .Select(File.ReadAllText);
}
