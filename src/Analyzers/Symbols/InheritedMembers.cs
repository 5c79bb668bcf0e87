using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Symbols;

/// <summary>What a member overrides or implements.</summary>
internal static class InheritedMembers
{
    public static IEnumerable<ISymbol> Of(ISymbol symbol)
    {
        switch (symbol)
        {
            case IMethodSymbol { OverriddenMethod: { } overridden }:
                yield return overridden;
                break;
            case IPropertySymbol { OverriddenProperty: { } overridden }:
                yield return overridden;
                break;
        }

        if (symbol is IMethodSymbol { IsStatic: false, MethodKind: not MethodKind.Constructor } or IPropertySymbol && symbol.ContainingType is { TypeKind: not TypeKind.Interface } type)
        {
            var name = WithoutInterface(symbol.Name);
            foreach (var member in type.AllInterfaces.SelectMany(contract => contract.GetMembers(name)).Where(member => member.Kind == symbol.Kind))
            {
                if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), symbol))
                {
                    yield return member;
                }
            }
        }
    }

    /// <summary>The name as documentation-comment ids have it, without the interface that a member implements explicitly; an indexer is an <c>Item</c>.</summary>
    public static string SimpleName(ISymbol symbol) => WithoutInterface(symbol is IPropertySymbol { IsIndexer: true } ? symbol.MetadataName : symbol.Name);

    private static string WithoutInterface(string name) => name.LastIndexOf('.') is > 0 and var dot ? name.Substring(dot + 1) : name;
}
