namespace MmapAnalyzers.Protocols.Text;

/// <summary>Which member a row describes: by its documentation-comment id, or a native function by library and entry point.</summary>
/// <param name="Source">The word as written.</param>
/// <param name="Id">The documentation-comment id, without the parameter list if the row stands for every overload; of an import, the entry point.</param>
/// <param name="Name">The simple name of the member, by which rows are found: of a constructor <c>.ctor</c>, of an import the entry point.</param>
/// <param name="IsEveryOverload">The row ends in <c>(*)</c>.</param>
/// <param name="Library">The set of module names of an import, otherwise <see langword="null"/>.</param>
internal sealed record RowSubject(Word Source, string Id, string Name, bool IsEveryOverload, string? Library)
{
    public const string ConstructorName = ".ctor";

    private const string ImportPrefix = "import:";
    private const string EveryOverload = "(*)";

    public char Kind => Library is null ? Id[0] : 'M';

    public bool IsConstructor => Library is null && Name == ConstructorName;

    /// <summary>The documentation-comment id of the type that the member is named by; of a type, its own; of an import, nothing.</summary>
    public string ContainerId { get; } = Library is not null ? "" : Id[0] == 'T' ? Id : "T:" + Id.Substring(2, EndOfContainer(WithoutParameters(Id)) - 2);

    /// <summary>The simple name of <see cref="ContainerId"/>.</summary>
    public string ContainerName => Library is not null ? "" : SimpleName(ContainerId.Substring(Math.Max(EndOfContainer(ContainerId), 1) + 1));

    /// <summary>What rows are found by: the simple name, and of constructors the name of the type too, for all of them are called <c>.ctor</c>.</summary>
    public string Key => IsConstructor ? ContainerName + ConstructorName : Name;

    /// <summary>Whether a member of the type, with that id, is described.</summary>
    /// <param name="container">The documentation-comment id of the type that the member belongs to, or by which it is seen.</param>
    /// <param name="tail">What follows the type in the documentation-comment id of the member: <c>.Method(System.Int32)</c>.</param>
    public bool Describes(string container, string tail)
    {
        if (Library is not null || ContainerId != container)
        {
            return false;
        }

        var own = Id.Length == ContainerId.Length ? "" : Id.Substring(ContainerId.Length);
        return IsEveryOverload ? WithoutArity(WithoutParameters(tail), own) == own : tail == own;
    }

    /// <summary>Whether there is a member that both describe, as far as the words tell.</summary>
    public bool Overlaps(RowSubject other) =>
        Library == other.Library && WithoutParameters(Id) == WithoutParameters(other.Id) && (IsEveryOverload || other.IsEveryOverload || Id == other.Id);

    public static RowSubject Parse(Word word) =>
        word.Text.StartsWith(ImportPrefix, StringComparison.Ordinal) ? ParseImport(word) : ParseId(word);

    public static string WithoutParameters(string id) => id.IndexOf('(') is >= 0 and var open ? id.Substring(0, open) : id;

    private static RowSubject ParseImport(Word word)
    {
        var rest = word.Text.Substring(ImportPrefix.Length);
        return rest.Split('!') is [{ Length: > 0 } library, { Length: > 0 } entry] && entry.All(static letter => char.IsLetterOrDigit(letter) || letter is '_' or '@' or '?' or '$')
            ? new RowSubject(word, entry, entry, IsEveryOverload: false, library)
            : throw new MalformedLineException(word, "an import is written import:library!entry");
    }

    private static RowSubject ParseId(Word word)
    {
        var text = word.Text;
        if (text.Length < 3 || text[1] != ':' || text[0] is not ('M' or 'P' or 'F' or 'T'))
        {
            throw new MalformedLineException(word, $"'{text}' is no subject; one begins with M:, P:, F:, T: or import: and holds no blanks");
        }

        var isEveryOverload = text[0] == 'M' && text.EndsWith(EveryOverload, StringComparison.Ordinal);
        var id = isEveryOverload ? text.Substring(0, text.Length - EveryOverload.Length) : text;
        var path = WithoutParameters(id);
        if (path.Contains("*") || id.Contains("(*"))
        {
            throw new MalformedLineException(word, "an asterisk stands only for all parameter lists of a method, as in M:Namespace.Type.Method(*)");
        }

        if (path != id && (text[0] is 'F' or 'T' || !id.Contains(")")))
        {
            throw new MalformedLineException(word, text[0] is 'F' or 'T' ? "only methods and indexers have parameters" : "the parameter list is not closed");
        }

        var dot = EndOfContainer(path);
        if ((text[0] != 'T' && dot <= 2) || path[path.Length - 1] == '.')
        {
            throw new MalformedLineException(word, "the name of the type is missing, as in M:Namespace.Type.Method");
        }

        return new RowSubject(word, id, SimpleName(path.Substring(Math.Max(dot + 1, 2))), isEveryOverload, Library: null);
    }

    /// <summary>A row for every overload that names no number of type parameters stands for every such number too.</summary>
    private static string WithoutArity(string tail, string pattern) =>
        !pattern.Contains("``") && tail.IndexOf("``", StringComparison.Ordinal) is >= 0 and var arity ? tail.Substring(0, arity) : tail;

    private static int EndOfContainer(string path) => path.LastIndexOf('.');

    /// <summary>Without the number of type parameters and without the interface that a member implements explicitly.</summary>
    private static string SimpleName(string segment)
    {
        if (segment is "#ctor")
        {
            return ConstructorName;
        }

        var name = segment.Substring(segment.LastIndexOf('#') + 1);
        return name.IndexOf('`') is >= 0 and var arity ? name.Substring(0, arity) : name;
    }
}
