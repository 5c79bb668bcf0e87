using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Flow;

/// <summary>Which methods of the compilation a call may run.</summary>
internal sealed class CallTargets(Compilation compilation, ProtocolBinder protocols)
{
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> _targets = new(SymbolEqualityComparer.Default);

    /// <summary>The bodies that a call of the method may run, or none if some of them are out of sight.</summary>
    /// <param name="exact">The call does not dispatch: a base call, or a receiver of exactly known type.</param>
    public ImmutableArray<IMethodSymbol> Of(IMethodSymbol method, bool exact)
    {
        method = method.ReducedFrom ?? method;
        var definition = method.OriginalDefinition;
        if (exact || !Dispatches(definition))
        {
            return definition.IsAbstract || definition.IsExtern ? [] : [definition];
        }

        return _targets.GetOrAdd(definition, Find);
    }

    private static bool Dispatches(IMethodSymbol method) =>
        method.ContainingType is { } type
        && (type.TypeKind == TypeKind.Interface
            || ((method.IsVirtual || method.IsAbstract || method.IsOverride) && !method.IsSealed && !type.IsSealed));

    private ImmutableArray<IMethodSymbol> Find(IMethodSymbol method)
    {
        if (!SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly))
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<IMethodSymbol>();
        if (!method.IsAbstract)
        {
            found.Add(method);
        }

        foreach (var type in protocols.SourceTypes)
        {
            if (type.TypeKind is TypeKind.Class or TypeKind.Struct && Implementation(type, method) is { } implementation && !found.Contains(implementation, SymbolEqualityComparer.Default))
            {
                found.Add(implementation);
            }
        }

        return found.ToImmutable();
    }

    private static IMethodSymbol? Implementation(INamedTypeSymbol type, IMethodSymbol method)
    {
        if (method.ContainingType.TypeKind == TypeKind.Interface)
        {
            return type.AllInterfaces.Any(contract => SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, method.ContainingType))
                ? type.FindImplementationForInterfaceMember(method) as IMethodSymbol
                : null;
        }

        return type.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(member => Overrides(member, method));
    }

    private static bool Overrides(IMethodSymbol method, IMethodSymbol overridden)
    {
        for (var current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, overridden))
            {
                return true;
            }
        }

        return false;
    }
}
