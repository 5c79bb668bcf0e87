using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using MmapAnalyzers.Protocols.Text;
using MmapAnalyzers.Symbols;

namespace MmapAnalyzers.Protocols;

/// <summary>The protocol of a symbol, from its attributes, from protocol texts of the project and from the built-in ones; read once per symbol and compilation.</summary>
internal sealed class ProtocolBinder
{
    private readonly ConcurrentDictionary<ISymbol, MemberProtocol> _protocols = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, ConcurrentDictionary<ISymbol, MemberProtocol>> _seenBy = new(SymbolEqualityComparer.Default);
    private readonly ImmutableHashSet<string> _awareAssemblies;
    private readonly ImmutableHashSet<string> _trustedAssemblies;
    private readonly string _ownAssembly;

    private readonly ConcurrentDictionary<string, CountedResource> _resources = new();
    private readonly Lazy<RowFinder> _rows;
    private readonly Lazy<ImmutableHashSet<string>> _acquireNames;
    private readonly Lazy<ImmutableHashSet<string>> _releaseNames;
    private readonly Lazy<ImmutableHashSet<string>> _names;
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _carrierTypes;
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _sourceTypes;
    private readonly Lazy<ImmutableArray<IMethodSymbol>> _protocolMethods;

    private ProtocolBinder(ImmutableArray<IAssemblySymbol> carriers, ImmutableArray<ProtocolText> texts, Compilation compilation)
    {
        _rows = new(() => texts.IsEmpty ? new RowFinder(BuiltInProtocols.Index) : new RowFinder(new ProtocolIndex(texts), BuiltInProtocols.Index));
        _names = new(() => NamesIn(compilation));
        _acquireNames = new(() => [.. _rows.Value.AcquireNames, .. NamesOfImports(compilation, EffectKind.Acquire), .. NamesOfAttributed(EffectKind.Acquire)]);
        _releaseNames = new(() => [.. _rows.Value.ReleaseNames, .. NamesOfImports(compilation, EffectKind.Release), .. NamesOfAttributed(EffectKind.Release)]);
        _carrierTypes = new(() => [.. carriers.SelectMany(assembly => SymbolTree.TypesOf(assembly.GlobalNamespace))]);
        _sourceTypes = new(() => [.. SymbolTree.TypesOf(compilation.Assembly.GlobalNamespace)]);
        _protocolMethods = new(() => [.. CarrierTypes.SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>().Where(method => !Get(method).IsEmpty)]);
        _ownAssembly = compilation.Assembly.Identity.Name;
        _awareAssemblies = [.. carriers.Select(assembly => assembly.Identity.Name)];
        _trustedAssemblies = [.. compilation.GetTypesByMetadataName($"{MetadataNames.AnnotationsNamespace}.{MetadataNames.Role}")
            .Concat(compilation.GetTypesByMetadataName($"{MetadataNames.AnnotationsNamespace}.{MetadataNames.Acquires}"))
            .Select(type => type.ContainingAssembly.Identity.Name)];
    }

    /// <summary>Whether the compilation or anything it references declares a protocol attribute: without one there are no roles.</summary>
    public bool HasAttributes => !_awareAssemblies.IsEmpty;

    /// <summary>
    /// The names by which source can mention a described member; a constructor goes by the name of its type, and by <c>.ctor</c> for <c>new()</c>, an indexer by
    /// <c>this[]</c>, and a delegate of a described type is called by the name <c>Invoke</c> or by any other. More names than members: they only decide where to look.
    /// </summary>
    public ImmutableHashSet<string> Names => _names.Value;

    /// <summary>All types whose members may carry protocol attributes, the compilation's own among them.</summary>
    public ImmutableArray<INamedTypeSymbol> CarrierTypes => _carrierTypes.Value;

    /// <summary>All types of the compilation.</summary>
    public ImmutableArray<INamedTypeSymbol> SourceTypes => _sourceTypes.Value;

    /// <summary>All methods that have a protocol by attributes.</summary>
    public ImmutableArray<IMethodSymbol> ProtocolMethods => _protocolMethods.Value;

    /// <summary>A binder for the compilation and the protocol texts of its project. Nothing is read before it is asked for.</summary>
    public static ProtocolBinder Create(Compilation compilation, ImmutableArray<ProtocolText> texts = default) => new(
        AnnotationSymbols.AnyDeclared(compilation) ? AnnotationSymbols.AssembliesThatMayCarryProtocols(compilation) : [],
        texts.IsDefault ? [] : texts,
        compilation);

    /// <summary>Whether something of that simple name can be described: no source that mentions none needs a second look.</summary>
    public bool MayBind(string name) => Names.Contains(name);

    /// <summary>The names of what takes units.</summary>
    public ImmutableHashSet<string> AcquireNames => _acquireNames.Value;

    /// <summary>The names of what gives units back.</summary>
    public ImmutableHashSet<string> ReleaseNames => _releaseNames.Value;

    /// <summary>What messages call the resource, and what is lost with a unit.</summary>
    public CountedResource Describe(string resource) => _resources.GetOrAdd(resource, DescribeAnew);

    /// <summary>Whether the method is native code, which knows nothing of what is counted here but what its protocol says.</summary>
    public static bool IsNative(IMethodSymbol method) => method.IsExtern || NativeImport.Of(method) is not null;

    /// <summary>Whether code of another assembly could take or give back units without saying so: it knows the protocols but does not declare them.</summary>
    public bool MayCountSilently(IAssemblySymbol? assembly) =>
        assembly is not null && _awareAssemblies.Contains(assembly.Identity.Name) && !_trustedAssemblies.Contains(assembly.Identity.Name);

    /// <summary>Whether a call of the member throws nothing that a program has to expect: its protocol says so, or it belongs to an API that tells of failure by its results.</summary>
    public bool ThrowsNothing(IMethodSymbol method, MemberProtocol protocol) =>
        protocol.ThrowsNothing || NativeImport.IsPlain(method) || (method.ContainingAssembly is { } assembly && _trustedAssemblies.Contains(assembly.Identity.Name) && assembly.Identity.Name != _ownAssembly);

    /// <summary>Whether the members of the type may carry protocol attributes.</summary>
    public bool MayCarry(INamedTypeSymbol type) => type.ContainingAssembly is { } assembly && _awareAssemblies.Contains(assembly.Identity.Name);

    /// <summary>The protocol of a symbol, inherited from what it overrides or implements where it has none of its own.</summary>
    public MemberProtocol Get(ISymbol symbol)
    {
        symbol = symbol.OriginalDefinition;
        return IsAware(symbol) || MayHaveRows(symbol) ? _protocols.GetOrAdd(symbol, Read) : MemberProtocol.None;
    }

    /// <summary>The protocol of a member as the static type of the object it is called on shows it: a row may name a member by a type that merely inherits it.</summary>
    public MemberProtocol Get(ISymbol symbol, ITypeSymbol? receiver)
    {
        var own = Get(symbol);
        symbol = symbol.OriginalDefinition;
        return receiver is null || symbol.IsStatic || !_rows.Value.MayFind(symbol)
            ? own
            : _seenBy.GetOrAdd(receiver.OriginalDefinition, static _ => new(SymbolEqualityComparer.Default)).GetOrAdd(symbol, _ => SeenBy(receiver, symbol).Over(own));
    }

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

    private bool IsAware(ISymbol symbol) => symbol.ContainingAssembly is { } assembly && _awareAssemblies.Contains(assembly.Identity.Name);

    private bool MayHaveRows(ISymbol symbol) =>
        symbol.Kind is SymbolKind.Method or SymbolKind.Property or SymbolKind.Field or SymbolKind.NamedType
        && _rows.Value.MayFind(symbol);

    private MemberProtocol Read(ISymbol symbol)
    {
        var attributes = IsAware(symbol) ? AttributeReader.Read(symbol) : MemberProtocol.None;
        var own = MayHaveRows(symbol) ? attributes.Over(_rows.Value.Find(symbol)) : attributes;
        if (!own.IsEmpty)
        {
            return own;
        }

        foreach (var declaration in InheritedMembers.Of(symbol))
        {
            if (Get(declaration) is { IsEmpty: false } inherited)
            {
                return SymbolEqualityComparer.Default.Equals(declaration.ContainingAssembly, symbol.ContainingAssembly) ? inherited : inherited with { IsInherited = true };
            }
        }

        return MemberProtocol.None;
    }

    private MemberProtocol SeenBy(ITypeSymbol receiver, ISymbol symbol)
    {
        var protocol = MemberProtocol.None;
        for (var type = receiver as INamedTypeSymbol; type is not null && protocol.IsEmpty; type = type.BaseType)
        {
            protocol = _rows.Value.Find(symbol, type.OriginalDefinition);
        }

        foreach (var contract in receiver.AllInterfaces)
        {
            protocol = protocol.IsEmpty ? _rows.Value.Find(symbol, contract.OriginalDefinition) : protocol;
        }

        return protocol;
    }

    private CountedResource DescribeAnew(string resource)
    {
        var described = _rows.Value.Describe(resource);
        return described with { IsOfAttributes = ProtocolMethods.Any(method => Get(method).Effects.Any(effect => effect.Resource == resource)), IsValue = described.IsValue || _rows.Value.HandsOut(resource) || ProtocolMethods.Any(method => HandsOut(method, resource)) };
    }

    private bool HandsOut(IMethodSymbol method, string resource) => Get(method).Effects.Any(effect => effect.Kind == EffectKind.Acquire && effect.Resource == resource
        && (effect.Target == EffectTarget.Return || (effect.Target == EffectTarget.Argument && method.Parameters[effect.Ordinal].RefKind is RefKind.Out or RefKind.Ref)));

    private IEnumerable<string> NamesOfImports(Compilation compilation, EffectKind kind) =>
        ImportDeclarations.In(compilation).Where(import => import.Entry is null || _rows.Value.HasImport(import.Entry, kind)).Select(import => import.Method);

    private IEnumerable<string> NamesOfAttributed(EffectKind kind) =>
        ProtocolMethods.Where(method => Get(method).Effects.Any(effect => effect.Kind == kind)).Select(method => method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name);

    private ImmutableHashSet<string> NamesIn(Compilation compilation)
    {
        var names = _rows.Value.Names.ToBuilder();
        names.UnionWith(ImportDeclarations.In(compilation).Where(import => import.Entry is null || _rows.Value.HasImport(import.Entry)).Select(import => import.Method));
        names.UnionWith(CarrierTypes.SelectMany(AttributedNames.Of));
        return names.ToImmutable();
    }
}
