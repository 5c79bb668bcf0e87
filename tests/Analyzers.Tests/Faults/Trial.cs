namespace MmapAnalyzers.Tests.Faults;

/// <summary>A mutant and what was reported for it, by id and line.</summary>
internal sealed record Trial(Mutant Mutant, ImmutableArray<(string Id, int Line)> Found)
{
    public bool IsRight => Mutant.RightFindings().Any(Found.Contains);

    public override string ToString() =>
        $"{Mutant.Name}: wanted {Text(Mutant.RightFindings())}, got {(Found.IsEmpty ? "nothing" : Text(Found))}";

    private static string Text(IEnumerable<(string Id, int Line)> places) => string.Join(" or ", places.Order().Select(static place => $"{place.Id}:{place.Line}"));
}
