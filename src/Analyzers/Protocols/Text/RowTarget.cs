namespace MmapAnalyzers.Protocols.Text;

/// <summary>What a row counts: <c>this</c>, <c>return</c>, <c>value</c> or a parameter, or an element of the tuple there.</summary>
/// <param name="Name">The word without the element.</param>
internal sealed record RowTarget(Word Name, int? Element)
{
    public const string This = "this";
    public const string Return = "return";
    public const string Value = "value";

    public static readonly RowTarget None = new(default, null);

    public bool IsReturn => Name.Text == Return;

    public bool IsParameter => Name.Text is not (null or This or Return or Value);

    public static RowTarget Parse(Word word)
    {
        var dot = word.Text.IndexOf('.');
        var name = dot < 0 ? word : word.Part(0, dot);
        if (!IsIdentifier(name.Text))
        {
            throw new MalformedLineException(word, $"'{word}' is no target; a target is this, return, value or a parameter, and may end in the number of a tuple element, as in return.1");
        }

        return new RowTarget(name, dot < 0 ? null : ParseElement(word.From(dot + 1)));
    }

    public static bool IsIdentifier(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] is '_' or '@') && text.Skip(1).All(static letter => char.IsLetterOrDigit(letter) || letter == '_');

    private static int ParseElement(Word word) =>
        word.Text.Length is 1 or 2 && word.Text.All(static digit => digit is >= '0' and <= '9')
            ? int.Parse(word.Text, System.Globalization.CultureInfo.InvariantCulture)
            : throw new MalformedLineException(word, $"'{word}' is no number of a tuple element; the first one is 0");
}
