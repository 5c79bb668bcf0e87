using System.Globalization;
using System.Runtime.CompilerServices;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>How calls and their arguments are written in a trace: words that spaces part, so that they can be read again.</summary>
internal static class TraceFormat
{
    /// <summary>How the first line of a trace begins.</summary>
    public const string Header = "machine ";

    private const string CallPrefix = "Sys";

    /// <summary>The first line of a trace.</summary>
    public static string Machine(MachineProfile profile, PhysicalMemory memory, bool everyAccess) =>
        string.Create(CultureInfo.InvariantCulture, $"{Header}{profile} {memory.Size} {(everyAccess ? "every access" : "slow accesses")}");

    /// <summary>Whether a trace has every access, by its first line.</summary>
    public static bool HasEveryAccess(string header) => header.EndsWith("every access", StringComparison.Ordinal);

    /// <summary>The line of a call.</summary>
    public static string Call<TArguments>(int pid, string call, in TArguments arguments)
    {
        string name = call.StartsWith(CallPrefix, StringComparison.Ordinal) ? call[CallPrefix.Length..] : call;
        IEnumerable<string> words = arguments is ITuple tuple ? Enumerable.Range(0, tuple.Length).Select(i => Word(tuple[i])) : [Word(arguments)];
        return string.Create(CultureInfo.InvariantCulture, $"{pid} {name.ToLowerInvariant()} {string.Join(' ', words)}");
    }

    /// <summary>A text that was an argument.</summary>
    public static string Text(string word) => word.Replace("%20", " ", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);

    private static string Word(object? value) => value switch
    {
        string text => text.Replace("%", "%25", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal),
        Enum number => number.ToString().Replace(", ", "|", StringComparison.Ordinal),
        ulong number => number.ToString("x", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
