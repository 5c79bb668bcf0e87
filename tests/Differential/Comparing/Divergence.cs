namespace MmapAnalyzers.Differential.Comparing;

/// <summary>The two sides do not agree.</summary>
/// <param name="Where">After which operation, or when.</param>
/// <param name="What">What each side has.</param>
internal sealed record Divergence(string Where, string What)
{
    public override string ToString() => $"{Where}: {What}";
}
