namespace MmapAnalyzers.Protocols.Text;

/// <summary>A protocol text, read: what its lines say, and what is wrong with those that say nothing.</summary>
internal sealed class ProtocolText
{
    private const string LibraryStatement = "library";
    private const string ResourceStatement = "resource";
    private const string CollectedFlag = "collected";
    private const string SignalFlag = "signal";

    private readonly ImmutableArray<ProtocolRow>.Builder _rows = ImmutableArray.CreateBuilder<ProtocolRow>();
    private readonly ImmutableArray<ResourceLine>.Builder _resources = ImmutableArray.CreateBuilder<ResourceLine>();
    private readonly ImmutableArray<LibraryLine>.Builder _libraries = ImmutableArray.CreateBuilder<LibraryLine>();
    private readonly ImmutableArray<ProtocolError>.Builder _errors = ImmutableArray.CreateBuilder<ProtocolError>();

    private ProtocolText(IEnumerable<string> lines)
    {
        var number = 0;
        foreach (var line in lines)
        {
            try
            {
                Read(line, number++);
            }
            catch (MalformedLineException malformed)
            {
                _errors.Add(malformed.Error);
            }
        }

        (Rows, Resources, Libraries, Errors) = (_rows.ToImmutable(), _resources.ToImmutable(), _libraries.ToImmutable(), _errors.ToImmutable());
    }

    /// <summary>The first words that lines can have.</summary>
    public static IEnumerable<string> Statements => RowParser.VerbNames.Concat([LibraryStatement, ResourceStatement]);

    public ImmutableArray<ProtocolRow> Rows { get; }

    public ImmutableArray<ResourceLine> Resources { get; }

    public ImmutableArray<LibraryLine> Libraries { get; }

    public ImmutableArray<ProtocolError> Errors { get; }

    public static ProtocolText Parse(IEnumerable<string> lines) => new(lines);

    private void Read(string line, int number)
    {
        var words = LineWords.Of(line, number);
        if (words.IsAtEnd)
        {
            return;
        }

        var statement = words.Take("a statement");
        switch (statement.Text)
        {
            case LibraryStatement:
                _libraries.Add(ReadLibrary(words));
                break;
            case ResourceStatement:
                _resources.Add(ReadResource(words));
                break;
            default:
                _rows.Add(RowParser.Parse(statement, words));
                break;
        }
    }

    private static LibraryLine ReadLibrary(LineWords words)
    {
        var name = ResourceName.Parse(words.Take("the name of a library"));
        var equals = words.Take("'='");
        if (equals.Text != "=")
        {
            throw new MalformedLineException(equals, "'=' is expected between the name of the library and those of its modules");
        }

        return new LibraryLine(name, [words.Take("the name of a module"), .. words.TakeRest()]);
    }

    private static ResourceLine ReadResource(LineWords words)
    {
        var name = ResourceName.Parse(words.Take("the name of a resource"));
        var noun = words.Take("what a message calls one unit, in quotation marks");
        if (noun.Text[0] != '"' || noun.Length < 3)
        {
            throw new MalformedLineException(noun, "what a message calls one unit stands in quotation marks, with its article");
        }

        var flags = words.TakeRest().ToArray();
        return flags switch
        {
            [] => new ResourceLine(name, noun.Text.Trim('"'), IsCollected: false, IsSignal: false),
            [{ Text: CollectedFlag }] => new ResourceLine(name, noun.Text.Trim('"'), IsCollected: true, IsSignal: false),
            [{ Text: SignalFlag }] => new ResourceLine(name, noun.Text.Trim('"'), IsCollected: false, IsSignal: true),
            [{ Text: CollectedFlag or SignalFlag }, var second, ..] => throw new MalformedLineException(second, "nothing can follow here"),
            [var first, ..] => throw new MalformedLineException(first, $"'{first}' says nothing of a resource; all there is to say is '{CollectedFlag}' or '{SignalFlag}'"),
        };
    }
}
