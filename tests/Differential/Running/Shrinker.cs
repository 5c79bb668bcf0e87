namespace MmapAnalyzers.Differential.Running;

/// <summary>Makes a failing sequence short: leaves out ever smaller pieces, as long as what is left still fails.</summary>
internal static class Shrinker
{
    /// <param name="items">A sequence that fails.</param>
    /// <param name="fails">Whether a sequence fails; asked again and again.</param>
    /// <returns>A part of it from which no single item can be left out.</returns>
    public static IReadOnlyList<T> Shrink<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, bool> fails)
    {
        for (int piece = Math.Max(items.Count / 2, 1); ; piece = Math.Max(piece / 2, 1))
        {
            int before = items.Count;
            items = WithoutPieces(items, piece, fails);
            if (piece == 1 && items.Count == before)
                return items;
        }
    }

    private static IReadOnlyList<T> WithoutPieces<T>(IReadOnlyList<T> items, int piece, Func<IReadOnlyList<T>, bool> fails)
    {
        // From the end, where most of what does not matter is.
        for (int end = items.Count; end > 0; end -= piece)
        {
            int start = Math.Max(end - piece, 0);
            T[] rest = [.. items.Take(start), .. items.Skip(end)];
            if (fails(rest))
                items = rest;
        }

        return items;
    }
}
