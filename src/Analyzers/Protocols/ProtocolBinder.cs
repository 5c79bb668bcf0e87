using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using MmapAnalyzers.Symbols;

namespace MmapAnalyzers.Protocols;

/// <summary>Reads the protocol of a symbol from its attributes, once per symbol and compilation.</summary>
internal sealed class ProtocolBinder
{
    private readonly ConcurrentDictionary<ISymbol, MemberProtocol> _protocols = new(SymbolEqualityComparer.Default);
    private readonly ImmutableHashSet<string> _awareAssemblies;
    private readonly ImmutableHashSet<string> _trustedAssemblies;

    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _carrierTypes;
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _sourceTypes;
    private readonly Lazy<ImmutableArray<IMethodSymbol>> _protocolMethods;

    private ProtocolBinder(ImmutableArray<IAssemblySymbol> carriers, Compilation compilation)
    {
        _carrierTypes = new(() => [.. carriers.SelectMany(assembly => SymbolTree.TypesOf(assembly.GlobalNamespace))]);
        _sourceTypes = new(() => [.. SymbolTree.TypesOf(compilation.Assembly.GlobalNamespace)]);
        _protocolMethods = new(() => [.. CarrierTypes.SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>().Where(method => !Get(method).IsEmpty)]);
        _awareAssemblies = [.. carriers.Select(assembly => assembly.Identity.Name)];
        _trustedAssemblies = [.. compilation.GetTypesByMetadataName($"{MetadataNames.AnnotationsNamespace}.{MetadataNames.Role}")
            .Concat(compilation.GetTypesByMetadataName($"{MetadataNames.AnnotationsNamespace}.{MetadataNames.Acquires}"))
            .Select(type => type.ContainingAssembly.Identity.Name)];
    }

    /// <summary>All types whose members may carry protocol attributes, the compilation's own among them.</summary>
    public ImmutableArray<INamedTypeSymbol> CarrierTypes => _carrierTypes.Value;

    /// <summary>All types of the compilation.</summary>
    public ImmutableArray<INamedTypeSymbol> SourceTypes => _sourceTypes.Value;

    /// <summary>All methods that have a protocol.</summary>
    public ImmutableArray<IMethodSymbol> ProtocolMethods => _protocolMethods.Value;

    /// <summary>A binder for the compilation, or <see langword="null"/> if it binds no protocol: then nothing else need run.</summary>
    public static ProtocolBinder? Create(Compilation compilation) =>
        AnnotationSymbols.AnyDeclared(compilation)
            ? new ProtocolBinder(AnnotationSymbols.AssembliesThatMayCarryProtocols(compilation), compilation)
            : null;

    /// <summary>Whether code of another assembly could take or give back units without saying so: it knows the protocols but does not declare them.</summary>
    public bool MayCountSilently(IAssemblySymbol? assembly) =>
        assembly is not null && _awareAssemblies.Contains(assembly.Identity.Name) && !_trustedAssemblies.Contains(assembly.Identity.Name);

    /// <summary>Whether the members of the type may carry protocols.</summary>
    public bool MayCarry(INamedTypeSymbol type) => type.ContainingAssembly is { } assembly && _awareAssemblies.Contains(assembly.Identity.Name);

    /// <summary>The protocol of a symbol, inherited from what it overrides or implements where it has none of its own.</summary>
    public MemberProtocol Get(ISymbol symbol)
    {
        symbol = symbol.OriginalDefinition;
        if (symbol.ContainingAssembly is not { } assembly)
        {
            return MemberProtocol.None;
        }

        return _awareAssemblies.Contains(assembly.Identity.Name)
            ? _protocols.GetOrAdd(symbol, Read)
            : MemberProtocol.None;
    }

    /// <summary>What is known of the resource.</summary>
    public CountedResource Describe(string resource) => _resources.GetOrAdd(resource, name => CountedResource.Named(name) with { IsValue = ProtocolMethods.Any(method => HandsOut(method, name)) });

    /// <summary>Whether the method is native code, which knows nothing of what is counted here but what its protocol says.</summary>
    public static bool IsNative(IMethodSymbol method) => method.IsExtern || method.GetDllImportData() is not null;

    private readonly ConcurrentDictionary<string, CountedResource> _resources = new();

    private bool HandsOut(IMethodSymbol method, string resource) => Get(method).Effects.Any(effect => effect.Kind == EffectKind.Acquire && effect.Resource == resource
        && (effect.Target == EffectTarget.Return || (effect.Target == EffectTarget.Argument && method.Parameters[effect.Ordinal].RefKind is RefKind.Out or RefKind.Ref)));

    /// <summary>Whether the member belongs to a type that is counted through its own methods: reading it looks at the counted object itself.</summary>
    public bool DescribesCountedObject(ISymbol member) =>
        member.ContainingType is { } type && ProtocolMethods.Any(method => SymbolEqualityComparer.Default.Equals(method.ContainingType, type.OriginalDefinition)
            && Get(method).Effects.Any(effect => effect is { Target: EffectTarget.Receiver, Kind: EffectKind.Acquire or EffectKind.Release }));

    /// <summary>The role that a value plays once it has been stored in <paramref name="target"/> or converted to its type.</summary>
    public Role? RoleOf(ISymbol target) => Get(target).Role ?? (TypeOf(target) is INamedTypeSymbol { TypeKind: TypeKind.Delegate } type ? Get(type).Role : null);

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        IParameterSymbol parameter => parameter.Type,
        ILocalSymbol local => local.Type,
        ITypeSymbol type => type,
        _ => null,
    };

    private MemberProtocol Read(ISymbol symbol)
    {
        var own = ReadOwn(symbol);
        if (!own.IsEmpty)
        {
            return own;
        }

        foreach (var declaration in InheritedDeclarations(symbol))
        {
            if (Get(declaration) is { IsEmpty: false } inherited)
            {
                return SymbolEqualityComparer.Default.Equals(declaration.ContainingAssembly, symbol.ContainingAssembly) ? inherited : inherited with { IsInherited = true };
            }
        }

        return MemberProtocol.None;
    }

    private static IEnumerable<ISymbol> InheritedDeclarations(ISymbol symbol)
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

        if (symbol is IMethodSymbol or IPropertySymbol && symbol.ContainingType is { } type)
        {
            foreach (var member in type.AllInterfaces.SelectMany(contract => contract.GetMembers()).Where(member => member.Kind == symbol.Kind))
            {
                if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), symbol))
                {
                    yield return member;
                }
            }
        }
    }

    private static MemberProtocol ReadOwn(ISymbol symbol)
    {
        var reader = new AttributeReader();
        switch (symbol)
        {
            case IMethodSymbol method:
                reader.Read(method.GetAttributes(), EffectTarget.Receiver, 0, method);
                reader.Read(method.GetReturnTypeAttributes(), EffectTarget.Return, 0, method);
                foreach (var parameter in method.Parameters)
                {
                    reader.Read(parameter.GetAttributes(), EffectTarget.Argument, parameter.Ordinal, method);
                }

                break;
            case IPropertySymbol property:
                reader.Read(property.GetAttributes(), EffectTarget.AssignedValue, 0, property);
                break;
            case INamedTypeSymbol { DelegateInvokeMethod: { } invoke } type:
                reader.Read(type.GetAttributes(), EffectTarget.Receiver, 0, invoke);
                break;
            case IFieldSymbol or IParameterSymbol:
                reader.Read(symbol.GetAttributes(), EffectTarget.AssignedValue, 0, symbol);
                break;
        }

        return reader.ToProtocol();
    }
}
