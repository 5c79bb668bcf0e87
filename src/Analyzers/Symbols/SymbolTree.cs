using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Symbols;

/// <summary>Walks over declared types.</summary>
internal static class SymbolTree
{
    /// <summary>All types in the namespace or type, nested ones included.</summary>
    public static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            foreach (var nested in TypesOf(member))
            {
                yield return nested;
            }
        }
    }
}
