namespace MmapAnalyzers.Protocols.Text;

/// <summary>Reads the lines that describe members.</summary>
internal static class RowParser
{
    private static readonly ImmutableDictionary<string, RowVerb> Verbs = new Dictionary<string, RowVerb>
    {
        ["acquires"] = RowVerb.Acquires,
        ["releases"] = RowVerb.Releases,
        ["transfers"] = RowVerb.Transfers,
        ["borrows"] = RowVerb.Borrows,
        ["pins"] = RowVerb.Pins,
        ["uses"] = RowVerb.Uses,
        ["must-check"] = RowVerb.MustCheck,
        ["alias"] = RowVerb.Alias,
        ["null-value"] = RowVerb.NullValue,
        ["throws-nothing"] = RowVerb.ThrowsNothing,
    }.ToImmutableDictionary();

    public static IEnumerable<string> VerbNames => Verbs.Keys.OrderBy(verb => verb, StringComparer.Ordinal);

    public static ProtocolRow Parse(Word verbWord, LineWords words)
    {
        if (!Verbs.TryGetValue(verbWord.Text, out var verb))
        {
            throw new MalformedLineException(verbWord, $"there is no statement '{verbWord}'{Spelling.Suggestion(verbWord.Text, ProtocolText.Statements)}");
        }

        var resource = verb <= RowVerb.Uses ? ResourceName.Parse(words.Take("a resource")) : default;
        var target = verb is <= RowVerb.Uses or RowVerb.Alias ? RowTarget.Parse(words.Take("a target")) : RowTarget.None;
        var options = words.TakeAllButLast().ToArray();
        var subject = RowSubject.Parse(words.Take("a subject"));
        var row = RowOptions.Apply(options, new ProtocolRow(verb, resource, target, subject));
        RowSense.Check(row);
        return row;
    }
}
