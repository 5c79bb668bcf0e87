using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.Benchmarks.Sources;

/// <summary>A document of about 1,000 lines for the plain sources: files with and without pairs, behind each other in a namespace inside the first copy's.</summary>
internal static class LongDocument
{
    public static SyntaxTree Create()
    {
        CompilationUnitSyntax[] files =
        [
            .. Copies.Of([.. Repository.Sources(["benchmarks/Sources/Pairs", "src/Analyzers/Protocols/Text"])], 1).Select(source => (CompilationUnitSyntax)Corpus.Parse(source, 0).GetRoot()),
        ];
        IEnumerable<string> usings = files.SelectMany(file => file.Usings).Select(line => line.ToString()).Distinct();
        IEnumerable<string> types = files.SelectMany(file => file.Members.OfType<FileScopedNamespaceDeclarationSyntax>()).SelectMany(space => space.Members).Select(type => type.ToFullString());
        return Corpus.Parse($"{string.Concat(usings)}\nnamespace MmapAnalyzers00.Protocols.LongDocument;\n{string.Concat(types)}", int.MaxValue);
    }

    /// <summary>Behind the opening brace of the method in the middle.</summary>
    public static int PlaceToType(SyntaxTree document)
    {
        MethodDeclarationSyntax[] methods = [.. document.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => method.Body is not null)];
        return methods[methods.Length / 2].Body!.OpenBraceToken.Span.End;
    }
}
