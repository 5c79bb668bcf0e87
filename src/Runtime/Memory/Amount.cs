using System.Globalization;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Numbers of things in messages.</summary>
internal static class Amount
{
    /// <summary>"1 unit", "2 units".</summary>
    public static string Of(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
