using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Architecture.Tests;

/// <summary>Sources, compiled together so that every name says what it stands for. Constants and enum members count too, which leave no trace in an assembly.</summary>
internal sealed class SourceTree
{
    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)
        .WithPreprocessorSymbols("NET", "NET8_0_OR_GREATER", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER");

    private readonly CSharpCompilation _compilation;

    private SourceTree(IEnumerable<SyntaxTree> trees)
    {
        const string ImplicitUsings = """
            global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
            global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
            """;

        // The framework and Roslyn, as this process has them; our own assemblies not, for their sources are here.
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("MmapAnalyzers", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        _compilation = CSharpCompilation.Create(
            "sources", [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, Options)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    public static SourceTree Parse(params string[] sources) => new(sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, Options, $"{index}.cs")));

    public static SourceTree Load(IEnumerable<string> files) =>
        new(files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Options, Path.GetRelativePath(Repository.Root, file))));

    /// <summary>What does not compile: an unknown name has no room, so nothing may stay unknown.</summary>
    public IEnumerable<string> Errors => _compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());

    /// <summary>The namespaces that declare a type.</summary>
    public IEnumerable<string> Namespaces => _compilation.SyntaxTrees
        .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
        .Select(declaration => declaration.Name.ToString()).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Every use of a type or member of another namespace of these sources. Documentation comments may mention what they like.</summary>
    public IEnumerable<Use> Uses()
    {
        foreach (SyntaxTree tree in _compilation.SyntaxTrees)
        {
            SemanticModel model = _compilation.GetSemanticModel(tree);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes().Where(node => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax))
            {
                ISymbol? symbol = model.GetSymbolInfo(node).Symbol;
                INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
                if (type is null || type.IsTupleType || type.IsAnonymousType || !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _compilation.Assembly))
                    continue;
                string from = NamespaceAround(node);
                string to = type.ContainingNamespace.ToDisplayString();
                if (from != to)
                    yield return new Use(from, to, symbol!.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), Place(node));
            }
        }
    }

    private static string NamespaceAround(SyntaxNode node) => node.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.ToString() ?? "(no namespace)";

    private static string Place(SyntaxNode node)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        return $"{span.Path}({span.StartLinePosition.Line + 1})";
    }
}
