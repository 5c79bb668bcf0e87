using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Protocols.Text;
using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Tests.SelfChecks;

/// <summary>The built-in texts as a page shows them: one table a family, one row a statement.</summary>
internal static partial class BuiltInTable
{
    /// <summary>Families without counts, of which the page names only the members.</summary>
    private static readonly RowVerb[] Uncounted = [RowVerb.ThrowsNothing, RowVerb.Alias, RowVerb.NullValue];

    private static readonly string[] Containers = [.. BuiltInProtocols.Index.Texts.SelectMany(text => text.Rows).Select(row => row.Subject.ContainerId).Where(id => id != "").Distinct()];

    public static string Write()
    {
        var page = new StringBuilder();
        foreach (var (family, text) in BuiltInProtocols.Families)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {family}\n\n{Introduction(family)}\n\n");
            if (text.Rows.All(row => Uncounted.Contains(row.Verb)))
            {
                AppendTypes(page, text);
            }
            else
            {
                AppendLibraries(page, text);
                AppendRows(page, text);
            }
        }

        return page.ToString().TrimEnd() + "\n";
    }

    /// <summary>The comment that the text begins with.</summary>
    private static string Introduction(string family) => File.ReadLines(Repository.PathOf($"src/Analyzers/Protocols/BuiltIn/{family}.mmap-protocol.txt")).First().TrimStart('#', ' ');

    private static void AppendLibraries(StringBuilder page, ProtocolText text)
    {
        foreach (var library in text.Libraries)
        {
            page.Append(CultureInfo.InvariantCulture, $"`{library.Name}` is imported as {string.Join(", ", library.Modules.Select(module => $"`{module}`"))}.\n\n");
        }
    }

    private static void AppendRows(StringBuilder page, ProtocolText text)
    {
        page.Append("| member | does | with | outcome | paired argument |\n|---|---|---|---|---|\n");
        foreach (var row in text.Rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {Member(row)} | {Verb(row)} | {Target(row)} | {Outcome(row)} | {(row.Pair is { } pair ? $"`{pair}`" : "")} |\n");
        }

        page.Append('\n');
    }

    private static void AppendTypes(StringBuilder page, ProtocolText text)
    {
        page.Append("| type | members |\n|---|---|\n");
        foreach (var type in text.Rows.GroupBy(row => TypeOf(row.Subject)))
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{type.Key}` | {string.Join(", ", type.Select(row => row.Subject.IsConstructor ? "constructor" : $"`{row.Subject.Name}`").Distinct())} |\n");
        }

        page.Append('\n');
    }

    private static string Member(ProtocolRow row) =>
        row.Subject.Library is { } library ? $"`{library}!{row.Subject.Name}`"
        : row.Subject.Kind == 'T' ? $"`{TypeOf(row.Subject)}`"
        : row.Subject.IsConstructor ? $"`new {TypeOf(row.Subject)}`{Overload(row.Subject)}"
        : $"`{TypeOf(row.Subject)}.{row.Subject.Name}`{Overload(row.Subject)}";

    /// <summary>Without the namespace, and with type parameters as in source.</summary>
    private static string TypeOf(RowSubject subject)
    {
        var id = subject.ContainerId;
        var outermost = Containers.Where(container => id.StartsWith(container + ".", StringComparison.Ordinal)).Append(id).MinBy(container => container.Length)!;
        return Arity().Replace(id[(outermost.LastIndexOf('.') + 1)..], match => match.Value == "`1" ? "<T>" : $"<{new string(',', match.Value[1] - '1')}>");
    }

    private static string Overload(RowSubject subject)
    {
        var open = subject.Id.IndexOf('(');
        if (subject.IsEveryOverload || open < 0)
        {
            return "";
        }

        var parameters = subject.Id[(open + 1)..^1].Split(',').Select(parameter => parameter.StartsWith('`') ? "T" + parameter.TrimStart('`', '0', '1') : parameter.Split('.')[^1]);
        return $" `({string.Join(", ", parameters.Select(parameter => parameter.EndsWith('@') ? "ref " + parameter[..^1] : parameter))})`";
    }

    private static string Verb(ProtocolRow row) => row.Resource.Text is null ? row.Verb == RowVerb.Alias ? "stands for" : "" : $"{$"{row.Verb}".ToLowerInvariant()} {row.Resource}";

    private static string Target(ProtocolRow row) => row.Target.Name.Text is null ? "" : $"`{row.Target.Name}{(row.Target.Element is { } element ? $".{element}" : "")}`";

    private static string Outcome(ProtocolRow row)
    {
        string?[] parts =
        [
            row.IsAwaited ? "awaited" : null,
            row.When is { } when ? OutcomeOf(when) : null,
            row.IsSure ? "or throws" : null,
            .. row.Conditions.Select(Condition),
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string OutcomeOf(RowOutcome when)
    {
        var value = when.Name switch { "is" => $"{when.Constant}", "isnot" => $"not {when.Constant}", _ => when.Name };
        return when.Parameter is { } parameter ? $"`{parameter}` {value}" : value;
    }

    private static string Condition(RowCondition condition) =>
        condition.Mask == -1 ? $"`{condition.Parameter}` {(condition.IsNegated ? "not " : "")}{condition.Value}" : $"`{condition.Parameter}` {(condition.IsNegated ? "with" : "without")} 0x{condition.Mask:X}";

    [GeneratedRegex(@"`\d")]
    private static partial Regex Arity();
}
