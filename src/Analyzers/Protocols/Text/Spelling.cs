namespace MmapAnalyzers.Protocols.Text;

/// <summary>Finds what somebody meant who wrote something else.</summary>
internal static class Spelling
{
    /// <summary>"; did you mean 'x'?" for the nearest of the candidates, or nothing if none is near.</summary>
    public static string Suggestion(string written, IEnumerable<string> candidates) =>
        Nearest(written, candidates) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    public static string? Nearest(string written, IEnumerable<string> candidates)
    {
        var best = (Name: (string?)null, Distance: ((written.Length + 2) / 3) + 1);
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - written.Length) < best.Distance && Distance(written, candidate) is var distance && distance < best.Distance)
            {
                best = (candidate, distance);
            }
        }

        return best.Name;
    }

    /// <summary>How many letters have to be added, removed or replaced; a change of case is free.</summary>
    private static int Distance(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var column = 0; column <= to.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= from.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= to.Length; column++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(from[line - 1]) == char.ToUpperInvariant(to[column - 1]) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
