using Microsoft.CodeAnalysis;
using MmapAnalyzers.Protocols.Text;
using MmapAnalyzers.Symbols;

namespace MmapAnalyzers.Protocols;

/// <summary>Finds the rows for a symbol: first by its simple name, and only then by its documentation-comment id.</summary>
internal sealed class RowFinder
{
    private readonly ImmutableArray<ProtocolIndex> _sources;
    private readonly Lazy<ILookup<string, string>> _modules;
    private readonly Lazy<ImmutableDictionary<string, CountedResource>> _resources;

    /// <param name="sources">Nearest first: what a nearer one says of a member replaces what a farther one says.</param>
    public RowFinder(params ImmutableArray<ProtocolIndex> sources)
    {
        _sources = sources;
        _modules = new(() => Texts.SelectMany(text => text.Libraries)
            .SelectMany(library => library.Modules.Select(module => (Library: library.Name.Text, Module: ModuleNames.Plain(module.Text))))
            .ToLookup(pair => pair.Module, pair => pair.Library));
        _resources = new(() => Texts.SelectMany(text => text.Resources).GroupBy(resource => resource.Name.Text)
            .ToImmutableDictionary(group => group.Key, group => new CountedResource(group.Key, group.First().Noun, group.First().IsCollected) { IsSignal = group.First().IsSignal }));
    }

    public ImmutableHashSet<string> Names => _sources.Aggregate(ImmutableHashSet<string>.Empty, (names, source) => names.IsEmpty ? source.Names : names.Union(source.Names));

    public ImmutableHashSet<string> AcquireNames => [.. _sources.SelectMany(source => source.AcquireNames)];

    public ImmutableHashSet<string> ReleaseNames => [.. _sources.SelectMany(source => source.ReleaseNames)];

    /// <summary>Whether some row says that a call hands out a unit of the resource as a value.</summary>
    public bool HandsOut(string resource) =>
        Texts.SelectMany(text => text.Rows).Any(row => row.Verb == RowVerb.Acquires && row.Resource.Text == resource && row.Target.IsReturn);

    private IEnumerable<ProtocolText> Texts => _sources.SelectMany(source => source.Texts);

    /// <summary>Whether there are rows for a member of that name: no other is worth a closer look.</summary>
    public bool MayFind(ISymbol symbol)
    {
        var key = KeyOf(symbol);
        return _sources.Any(source => source.HasMember(key)) || (symbol is IMethodSymbol method && MayImport(method));
    }

    public bool HasImport(string entry, EffectKind kind) =>
        _sources.Any(source => source.ImportsNamed(entry).Any(row => row.Verb == (kind == EffectKind.Acquire ? RowVerb.Acquires : RowVerb.Releases)));

    public bool HasImport(string entry) => _sources.Any(source => source.HasImport(entry));

    public CountedResource Describe(string resource) => _resources.Value.TryGetValue(resource, out var known) ? known : CountedResource.Named(resource);

    /// <summary>What the rows say of the symbol as its own type, or <paramref name="seenBy"/>, names it.</summary>
    public MemberProtocol Find(ISymbol symbol, INamedTypeSymbol? seenBy = null)
    {
        var import = symbol is IMethodSymbol method && seenBy is null && MayImport(method) ? NativeImport.Of(method) : null;
        var protocol = MemberProtocol.None;
        foreach (var source in _sources)
        {
            var rows = RowsFor(symbol, seenBy, source);
            protocol = protocol.Over(RowReader.ToProtocol(import is null ? rows : rows.Concat(RowsFor(import, (IMethodSymbol)symbol, source)), symbol));
        }

        return protocol;
    }

    private static bool MayImport(IMethodSymbol method) => method.IsExtern || method.IsPartialDefinition || method.PartialDefinitionPart is not null;

    private static IEnumerable<ProtocolRow> RowsFor(ISymbol symbol, INamedTypeSymbol? seenBy, ProtocolIndex source)
    {
        string? container = null, tail = null;
        foreach (var row in source.MembersOf(KeyOf(symbol)))
        {
            container ??= DocumentationIds.OfType(symbol as INamedTypeSymbol ?? seenBy ?? symbol.ContainingType);
            tail ??= DocumentationIds.TailOf(symbol);
            if (row.Subject.Describes(container, tail) && row.Subject.Kind == RowSymbols.KindOf(symbol))
            {
                yield return row;
            }
        }
    }

    private IEnumerable<ProtocolRow> RowsFor(NativeImport import, IMethodSymbol method, ProtocolIndex source) =>
        source.ImportsNamed(import.Entry).Where(row => _modules.Value[ModuleNames.Plain(import.Module)].Contains(row.Subject.Library) && !IsOwned(row, method));

    /// <summary>A managed object, such as a safe handle, takes care itself of the number that it holds.</summary>
    private static bool IsOwned(ProtocolRow row, IMethodSymbol method) => row.Target.Name.Text switch
    {
        RowTarget.Return => method.ReturnType.IsReferenceType,
        null => false,
        _ => RowReader.OrdinalOf(row.Target.Name, method) is { } ordinal && method.Parameters[ordinal].Type.IsReferenceType,
    };

    private static string KeyOf(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType.Name + RowSubject.ConstructorName : InheritedMembers.SimpleName(symbol);
}
