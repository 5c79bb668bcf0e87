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
            var name = SimpleName(symbol);
            foreach (var member in type.AllInterfaces.SelectMany(contract => contract.GetMembers(name)).Where(member => member.Kind == symbol.Kind))
            {
                if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), symbol))
                {
                    yield return member;
                }
            }
        }
    }

    /// <summary>The name without the interface that a member implements explicitly.</summary>
    public static string SimpleName(ISymbol symbol) =>
        symbol.Name.LastIndexOf('.') is > 0 and var dot ? symbol.Name.Substring(dot + 1) : symbol.Name;
}
