using Microsoft.CodeAnalysis;
using MmapAnalyzers.Symbols;

namespace MmapAnalyzers.Protocols;

/// <summary>The names of the members of a type that protocol attributes describe.</summary>
internal static class AttributedNames
{
    public static IEnumerable<string> Of(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Delegate && !AttributeReader.Read(type).IsEmpty)
        {
            yield return type.Name;
            yield return WellKnownMemberNames.DelegateInvokeName;
        }

        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol or IPropertySymbol or IFieldSymbol && !AttributeReader.Read(member).IsEmpty)
            {
                yield return InheritedMembers.SimpleName(member);
                if (member is IMethodSymbol { MethodKind: MethodKind.Constructor })
                {
                    yield return type.Name;
                }
            }
        }
    }
}
