using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Testing;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.SelfChecks;

/// <summary>The code in the pages compiles, and is flagged where a comment says so (<c>// MMAP1001</c>, in protocol texts <c># MMAP0001</c>) and nowhere else.</summary>
public sealed partial class ExampleTests
{
    private const string SystemUsings = "global using System; global using System.Collections.Generic; global using System.Linq;";

    public static TheoryData<string, int> Examples
    {
        get
        {
            var examples = new TheoryData<string, int>();
            foreach (var path in Pages())
            {
                var count = Markdown.Examples(Product.Read(path)).Count();
                for (var index = 0; index < count; index++)
                    examples.Add(path, index);
            }

            return examples;
        }
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task An_example_compiles_and_is_flagged_as_it_says(string page, int index)
    {
        var example = Markdown.Examples(Product.Read(page)).ElementAt(index);
        var compilation = Compile(example.Code);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        var options = new AnalyzerOptions(example.Protocol == "" ? [] : [new ProtocolFile(example.Protocol)]);
        var found = await compilation.WithAnalyzers(Product.Analyzers, options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Expected(example.Code), Places(found.Where(finding => finding.Location.IsInSource)));
        Assert.Equal(Expected(example.Protocol), Places(found.Where(finding => !finding.Location.IsInSource)));
    }

    [Theory, MemberData(nameof(RulePageTests.Ids), MemberType = typeof(RulePageTests))]
    public void The_wrong_example_of_a_page_shows_its_rule_and_the_right_one_shows_none(string id)
    {
        var examples = Markdown.Examples(Product.Read($"docs/rules/{id}.md")).ToArray();
        Assert.Equal([id], Expectation().Matches(examples[0].Protocol + examples[0].Code).Select(match => match.Value));
        Assert.Empty(Expectation().Matches(examples[1].Protocol + examples[1].Code));
    }

    private static IEnumerable<(int Line, string Id)> Expected(string text) =>
        text.Split('\n').SelectMany((line, number) => Expectation().Matches(line).Select(match => (Line: number + 1, Id: match.Value)));

    private static IEnumerable<(int Line, string Id)> Places(IEnumerable<Diagnostic> found) =>
        found.Select(finding => (Line: finding.Location.GetLineSpan().StartLinePosition.Line + 1, finding.Id)).Order();

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.PathOf("README.md"))
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal);

    /// <summary>Against the runtime, with its namespaces; code that declares the attributes itself does without.</summary>
    private static CSharpCompilation Compile(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, References.ParseOptions);
        var isOnItsOwn = code.Contains("namespace MmapAnalyzers.Annotations");
        var usings = CSharpSyntaxTree.ParseText(isOnItsOwn ? SystemUsings : References.GlobalUsings, References.ParseOptions);
        var isProgram = ((CompilationUnitSyntax)tree.GetRoot()).Members.Any(SyntaxKind.GlobalStatement);
        return CSharpCompilation.Create(
            "example",
            [tree, usings],
            isOnItsOwn ? [.. Basic.Reference.Assemblies.Net100.References.All] : References.All,
            new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    [GeneratedRegex(@"(?<=(//|#) *)MMAP\d{4}\b")]
    private static partial Regex Expectation();
}
