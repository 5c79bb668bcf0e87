using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>The framework's ways to look a value up in a collection without taking it out.</summary>
internal static class Lookups
{
    private static readonly ImmutableHashSet<string> Names =
    [
        "TryGetValue", "GetValueOrDefault", "GetValue", "ElementAt", "ElementAtOrDefault", "First", "FirstOrDefault", "Last", "LastOrDefault",
        "Single", "SingleOrDefault", "Find", "FindLast", "Peek", "TryPeek",
    ];

    /// <summary>Whether the place, a call or an argument by reference of one, yields a value that stays where it was found.</summary>
    public static bool LeavesValueInPlace(SyntaxNode site, FunctionGraphs graphs, CancellationToken cancellation) =>
        site.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
        && graphs.ModelOf(call.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
        && Names.Contains(method.Name)
        && IsOfTheFramework(method.ContainingNamespace);

    private static bool IsOfTheFramework(INamespaceSymbol? space)
    {
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space is { Name: "System" };
    }
}
