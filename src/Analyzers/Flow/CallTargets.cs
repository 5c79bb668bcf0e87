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
        foreach (var type in protocols.SourceTypes.Where(type => type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false }))
        {
            if (Implementation(type, method) is { } implementation && !found.Contains(implementation, SymbolEqualityComparer.Default))
            {
                found.Add(implementation);
            }
        }

        return found.Any(implementation => implementation.IsAbstract) ? [] : found.ToImmutable();
    }

    /// <summary>The body that runs when the method is called on an object of exactly the type, or <see langword="null"/> if it cannot be.</summary>
    public static IMethodSymbol? Implementation(INamedTypeSymbol type, IMethodSymbol method)
    {
        if (method.ContainingType.TypeKind == TypeKind.Interface)
        {
            return type.AllInterfaces.FirstOrDefault(contract => SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, method.ContainingType)) is { } contract
                && contract.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, method)) is { } member
                    ? (type.FindImplementationForInterfaceMember(member) as IMethodSymbol)?.OriginalDefinition
                    : null;
        }

        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, method.ContainingType))
            {
                return method;
            }

            if (current.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(member => Overrides(member, method)) is { } overriding)
            {
                return overriding.OriginalDefinition;
            }
        }

        return null;
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
