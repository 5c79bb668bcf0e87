namespace MmapAnalyzers.Protocols.Text;

/// <summary>A test of a constant argument: the bits of <paramref name="Mask"/> equal <paramref name="Value"/>, or do not.</summary>
internal sealed record RowCondition(Word Parameter, long Mask, long Value, bool IsNegated)
{
    private const long AllBits = -1;

    /// <summary>Longer ones first, for <c>!=</c> ends in <c>=</c>.</summary>
    private static readonly ImmutableArray<string> Operators = ["!=", "!&", "=", "&"];

    /// <summary>Whether the two never hold of the same call.</summary>
    public bool Excludes(RowCondition other) =>
        Parameter.Text == other.Parameter.Text && Mask == other.Mask
        && (Value == other.Value ? IsNegated != other.IsNegated : !IsNegated && !other.IsNegated);

    public static RowCondition Parse(Word word)
    {
        foreach (var comparison in Operators)
        {
            var position = word.Text.IndexOf(comparison, StringComparison.Ordinal);
            if (position > 0 && RowTarget.IsIdentifier(word.Text.Substring(0, position)))
            {
                return Of(word.Part(0, position), comparison, RowNumber.Parse(word.From(position + comparison.Length)));
            }
        }

        throw new MalformedLineException(word, $"'{word}' is no condition; one is written p&MASK, p!&MASK, p=N or p!=N");
    }

    private static RowCondition Of(Word parameter, string comparison, long number) => comparison switch
    {
        "&" => new(parameter, number, 0, IsNegated: true),
        "!&" => new(parameter, number, 0, IsNegated: false),
        "=" => new(parameter, AllBits, number, IsNegated: false),
        _ => new(parameter, AllBits, number, IsNegated: true),
    };
}
