using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.Benchmarks.Sources;

/// <summary>A document of 1,000 lines: files that follow each other in one namespace.</summary>
internal static class LongDocument
{
    private const int Lines = 1_000;

    public static SyntaxTree Create()
    {
        List<CompilationUnitSyntax> files = [];
        int lines = 0;
        foreach (string source in Repository.Sources(["benchmarks/Sources/Pairs", "src/Analyzers/Protocols/Text"]).TakeWhile(_ => lines < Lines))
        {
            files.Add((CompilationUnitSyntax)Corpus.Parse(source, 0).GetRoot());
            lines += source.AsSpan().Count('\n');
        }

        IEnumerable<string> usings = files.SelectMany(file => file.Usings).Select(line => line.ToString()).Distinct();
        IEnumerable<string> types = files.SelectMany(file => file.Members.OfType<FileScopedNamespaceDeclarationSyntax>()).SelectMany(space => space.Members).Select(type => type.ToFullString());
        return Corpus.Parse($"{string.Concat(usings)}\nnamespace LongDocument;\n{string.Concat(types)}", int.MaxValue);
    }

    /// <summary>Behind the opening brace of the method in the middle.</summary>
    public static int PlaceToType(SyntaxTree document)
    {
        MethodDeclarationSyntax[] methods = [.. document.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => method.Body is not null)];
        return methods[methods.Length / 2].Body!.OpenBraceToken.Span.End;
    }
}
