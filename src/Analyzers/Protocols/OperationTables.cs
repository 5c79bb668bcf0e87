using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Protocols;

/// <summary>Operation tables: types with slots that are marked with roles of their own, or with methods to override that are.</summary>
internal static class OperationTables
{
    public static bool IsTable(INamedTypeSymbol type, ProtocolBinder protocols) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface && (Slots(type, protocols).Any() || RoleMethods(type, protocols).Any());

    /// <summary>The slots of the type and its bases: members that hold a callback and are marked with its role.</summary>
    public static IEnumerable<(ISymbol Slot, Role Role)> Slots(INamedTypeSymbol type, ProtocolBinder protocols)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (!protocols.MayCarry(current))
            {
                continue;
            }

            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol or IFieldSymbol { IsImplicitlyDeclared: false } && protocols.RoleOf(member) is { } role)
                {
                    yield return (member, role);
                }
            }
        }
    }

    /// <summary>The methods with roles that the type can override or implement.</summary>
    public static IEnumerable<(IMethodSymbol Method, Role Role)> RoleMethods(INamedTypeSymbol type, ProtocolBinder protocols)
    {
        var ancestors = new List<INamedTypeSymbol>();
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            ancestors.Add(current);
        }

        foreach (var method in ancestors.Concat(type.AllInterfaces).Where(protocols.MayCarry).SelectMany(ancestor => ancestor.OriginalDefinition.GetMembers()).OfType<IMethodSymbol>())
        {
            if ((method.IsVirtual || method.IsAbstract) && protocols.Get(method).Role is { } role)
            {
                yield return (method, role);
            }
        }
    }
}
