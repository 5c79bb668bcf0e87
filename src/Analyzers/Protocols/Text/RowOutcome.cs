namespace MmapAnalyzers.Protocols.Text;

/// <summary>The outcome of the call for which an effect holds.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Constant">The number of <c>is(…)</c> and <c>isnot(…)</c>.</param>
/// <param name="Parameter">The parameter by reference that tells it, or <see langword="null"/> if the result does.</param>
internal sealed record RowOutcome(string Name, long Constant, Word? Parameter)
{
    public static readonly ImmutableArray<string> Names =
        ["true", "false", "zero", "nonzero", "nonnull", "null", "negative", "nonnegative", "is", "isnot"];

    /// <summary>Whether both can hold of the same call.</summary>
    public static bool Overlap(RowOutcome? one, RowOutcome? other) =>
        one is null || other is null || one.Parameter?.Text != other.Parameter?.Text
        || new[] { -1, 0, 1, 2, one.Constant, other.Constant }.Any(value => one.Holds(value) && other.Holds(value));

    /// <summary>With true as 1, and false and null as 0.</summary>
    private bool Holds(long value) => Name switch
    {
        "true" => value == 1,
        "false" or "zero" or "null" => value == 0,
        "nonzero" or "nonnull" => value != 0,
        "negative" => value < 0,
        "nonnegative" => value >= 0,
        "is" => value == Constant,
        _ => value != Constant,
    };

    public static RowOutcome Parse(Word word)
    {
        var colon = word.Text.IndexOf(':');
        var outcome = colon < 0 ? word : word.From(colon + 1);
        Word? parameter = colon < 0 ? null : word.Part(0, colon);
        if (parameter is { } teller && !RowTarget.IsIdentifier(teller.Text))
        {
            throw new MalformedLineException(word, $"'{teller}' is no name of a parameter");
        }

        var open = outcome.Text.IndexOf('(');
        var name = open < 0 ? outcome.Text : outcome.Text.Substring(0, open);
        if (!Names.Contains(name))
        {
            throw new MalformedLineException(outcome, $"there is no outcome '{name}'{Spelling.Suggestion(name, Names)}");
        }

        return new RowOutcome(name, ConstantOf(outcome, name, open), parameter);
    }

    private static long ConstantOf(Word outcome, string name, int open)
    {
        var takesNumber = name is "is" or "isnot";
        if (takesNumber != (open >= 0) || (takesNumber && outcome.Text[outcome.Length - 1] != ')'))
        {
            throw new MalformedLineException(outcome, takesNumber ? $"a number in parentheses is expected, as in {name}(-1)" : $"'{name}' takes no number");
        }

        return takesNumber ? RowNumber.Parse(outcome.Part(open + 1, outcome.Length - open - 2)) : 0;
    }
}
