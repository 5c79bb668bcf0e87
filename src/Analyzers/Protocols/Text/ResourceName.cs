namespace MmapAnalyzers.Protocols.Text;

/// <summary>Names of resources and libraries: lower case words joined by hyphens.</summary>
internal static class ResourceName
{
    public static Word Parse(Word word) => IsName(word.Text)
        ? word
        : throw new MalformedLineException(word, $"'{word}' is no name; a name is lower case words joined by hyphens");

    public static bool IsName(string text) =>
        text.Length > 0 && text[0] != '-' && text[text.Length - 1] != '-'
        && text.All(static letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
