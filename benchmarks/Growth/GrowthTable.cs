using System.Globalization;
using Spectre.Console;

namespace MmapAnalyzers.Benchmarks.Growth;

/// <summary>How tables of growth look.</summary>
internal static class GrowthTable
{
    public static Table Create(string title, params string[] columns)
    {
        Table table = new Table().Title(title).Border(TableBorder.Rounded);
        foreach (string column in columns)
            table.AddColumn(new TableColumn(column).RightAligned());
        return table;
    }

    public static string Count(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Time(double nanoseconds) => nanoseconds < 10_000
        ? nanoseconds.ToString("N0", CultureInfo.InvariantCulture) + " ns"
        : (nanoseconds / 1_000).ToString("N0", CultureInfo.InvariantCulture) + " µs";
}
