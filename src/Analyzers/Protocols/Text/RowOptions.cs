namespace MmapAnalyzers.Protocols.Text;

/// <summary>Reads what stands between the target and the subject.</summary>
internal static class RowOptions
{
    /// <summary>The words that options begin with.</summary>
    public static readonly ImmutableArray<string> Names = ["when=", "surely", "awaited", "pair=", "if="];

    public static ProtocolRow Apply(IEnumerable<Word> options, ProtocolRow row) => options.Aggregate(row, Apply);

    private static ProtocolRow Apply(ProtocolRow row, Word option)
    {
        var name = option.Text.IndexOf('=') is >= 0 and var equals ? option.Text.Substring(0, equals + 1) : option.Text;
        var value = option.From(name.Length);
        return (name, row.Verb) switch
        {
            ("when=", <= RowVerb.Transfers) => row with { When = row.When is null ? RowOutcome.Parse(value) : throw Repeated(option, name) },
            ("awaited", <= RowVerb.Transfers or RowVerb.Alias) => row with { IsAwaited = row.IsAwaited ? throw Repeated(option, name) : true },
            ("surely", <= RowVerb.Transfers) => row with { IsSure = row.IsSure ? throw Repeated(option, name) : true },
            ("pair=", RowVerb.Acquires or RowVerb.Releases) => row with { Pair = row.Pair is null ? ParameterOf(value) : throw Repeated(option, name) },
            ("if=", <= RowVerb.Uses) => row with { Conditions = row.Conditions.Add(RowCondition.Parse(value)) },
            ("when=" or "surely" or "awaited" or "pair=" or "if=", _) => throw new MalformedLineException(option, $"'{name.TrimEnd('=')}' has no meaning in this statement"),
            _ => throw new MalformedLineException(option, $"there is no option '{name.TrimEnd('=')}'{Spelling.Suggestion(name, Names).Replace("=", "")}; the subject is the last word and holds no blanks"),
        };
    }

    private static Word ParameterOf(Word value) =>
        RowTarget.IsIdentifier(value.Text) ? value : throw new MalformedLineException(value, $"'{value}' is no name of a parameter");

    private static MalformedLineException Repeated(Word option, string name) => new(option, $"'{name.TrimEnd('=')}' is given twice");
}
