using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MmapAnalyzers.Benchmarks.Sources;

/// <summary>Parsed sources that compile.</summary>
internal sealed class Corpus
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, DocumentationMode.None);

    /// <summary>What the SDK and the projects put on top of every file.</summary>
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private readonly CSharpCompilation _compilation;

    /// <param name="sources">The texts.</param>
    /// <param name="references">What they need beside the framework.</param>
    public Corpus(IReadOnlyCollection<string> sources, params IEnumerable<Type> references)
    {
        IEnumerable<string> assemblies = references.Select(type => type.Assembly.Location).Distinct();
        _compilation = CSharpCompilation.Create(
            "Corpus",
            sources.Append(Usings).Select(Parse),
            [.. Basic.Reference.Assemblies.Net100.References.All, .. assemblies.Select(path => MetadataReference.CreateFromFile(path))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable)
                .WithSpecificDiagnosticOptions([new(AnalyzerSet.PeerId, ReportDiagnostic.Warn)]));
        Lines = sources.Sum(text => text.AsSpan().Count('\n'));
    }

    /// <summary>How many lines the sources have.</summary>
    public int Lines { get; }

    /// <summary>A compilation of which nothing is bound.</summary>
    public CSharpCompilation Fresh() => _compilation.Clone();

    public static SyntaxTree Parse(string source, int number) => CSharpSyntaxTree.ParseText(source, Parsing, $"/{number}.cs");

    /// <summary>Itself, when it compiles: what has errors is analyzed in another way.</summary>
    public Corpus Checked()
    {
        Check(Fresh().GetDiagnostics());
        return this;
    }

    /// <summary>Fails at the first error.</summary>
    public static void Check(IEnumerable<Diagnostic> diagnostics)
    {
        if (diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
            throw new InvalidOperationException($"A source to measure with does not compile: {error}");
    }
}
