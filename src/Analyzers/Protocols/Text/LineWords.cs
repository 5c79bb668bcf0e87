namespace MmapAnalyzers.Protocols.Text;

/// <summary>The words of one line, taken one after the other.</summary>
internal sealed class LineWords
{
    private readonly ImmutableArray<Word> _words;
    private readonly Word _end;
    private int _next;

    private LineWords(ImmutableArray<Word> words, Word end) => (_words, _end) = (words, end);

    public bool IsAtEnd => _next == _words.Length;

    /// <summary>The words up to the comment: blanks part them, quotation marks keep one together.</summary>
    public static LineWords Of(string line, int number)
    {
        var words = ImmutableArray.CreateBuilder<Word>();
        var column = 0;
        while ((column = AfterBlanks(line, column)) < line.Length && line[column] != '#')
        {
            var end = line[column] == '"' ? AfterQuotation(line, number, column) : AfterWord(line, column);
            words.Add(new Word(line.Substring(column, end - column), number, column));
            column = end;
        }

        return new LineWords(words.ToImmutable(), new Word("", number, words.Count == 0 ? 0 : words[words.Count - 1].Column + words[words.Count - 1].Length));
    }

    public Word Take(string expected) =>
        IsAtEnd ? throw new MalformedLineException(_end, $"the line ends where {expected} is expected") : _words[_next++];

    /// <summary>All words but the last.</summary>
    public IEnumerable<Word> TakeAllButLast()
    {
        while (_next < _words.Length - 1)
        {
            yield return _words[_next++];
        }
    }

    public IEnumerable<Word> TakeRest()
    {
        while (!IsAtEnd)
        {
            yield return _words[_next++];
        }
    }

    private static int AfterBlanks(string line, int column)
    {
        while (column < line.Length && char.IsWhiteSpace(line[column]))
        {
            column++;
        }

        return column;
    }

    private static int AfterWord(string line, int column)
    {
        while (column < line.Length && !char.IsWhiteSpace(line[column]))
        {
            column++;
        }

        return column;
    }

    private static int AfterQuotation(string line, int number, int column)
    {
        var end = line.IndexOf('"', column + 1);
        return end < 0
            ? throw new MalformedLineException(new Word(line.Substring(column), number, column), "the quotation mark is not closed")
            : end + 1;
    }
}
