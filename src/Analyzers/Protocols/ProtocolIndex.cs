using MmapAnalyzers.Protocols.Text;

namespace MmapAnalyzers.Protocols;

/// <summary>The rows of protocol texts, to be found by the name of a member.</summary>
internal sealed class ProtocolIndex
{
    /// <summary>Stands for constructors that are called without the name of their type.</summary>
    private const string UnnamedConstructor = RowSubject.ConstructorName;

    /// <summary>Stands for calls of delegates, which go by any name.</summary>
    private const string DelegateCall = "Invoke";

    /// <summary>Stands for indexers, which have no name in source.</summary>
    private const string Indexer = "this[]";

    private readonly ILookup<string, ProtocolRow> _members;
    private readonly ILookup<string, ProtocolRow> _imports;

    public ProtocolIndex(IEnumerable<ProtocolText> texts)
    {
        Texts = [.. texts];
        var rows = Texts.SelectMany(text => text.Rows).ToArray();
        _members = rows.Where(row => row.Subject.Library is null).ToLookup(row => row.Subject.Key);
        _imports = rows.Where(row => row.Subject.Library is not null).ToLookup(row => row.Subject.Name);
        AcquireNames = NamesOf(rows, RowVerb.Acquires);
        ReleaseNames = NamesOf(rows, RowVerb.Releases);
        Names = AcquireNames.Union(ReleaseNames).Union(NamesOf(rows, RowVerb.Uses));
    }

    public ImmutableArray<ProtocolText> Texts { get; }

    /// <summary>Every name by which source can mention a member that counts.</summary>
    public ImmutableHashSet<string> Names { get; }

    public ImmutableHashSet<string> AcquireNames { get; }

    public ImmutableHashSet<string> ReleaseNames { get; }

    public bool HasImport(string entry) => _imports.Contains(entry);

    public bool HasMember(string key) => _members.Contains(key);

    public IEnumerable<ProtocolRow> MembersOf(string key) => _members[key];

    public IEnumerable<ProtocolRow> ImportsNamed(string entry) => _imports[entry];

    /// <summary>What everything is disposed of by says nothing by its name alone.</summary>
    private static bool IsTelling(RowSubject subject) => subject.Library is not null || subject.ContainerName is not ("IDisposable" or "IAsyncDisposable");

    private static ImmutableHashSet<string> NamesOf(IEnumerable<ProtocolRow> rows, RowVerb verb) =>
        [.. rows.Where(row => row.Verb == verb && IsTelling(row.Subject)).SelectMany(row => NamesOf(row.Subject))];

    private static IEnumerable<string> NamesOf(RowSubject subject) => subject switch
    {
        { IsConstructor: true } => [subject.ContainerName, UnnamedConstructor],
        { Kind: 'T' } => [subject.Name, DelegateCall],
        { Kind: 'P' } when subject.Id.Contains("(") => [subject.Name, Indexer],
        _ => [subject.Name],
    };
}
