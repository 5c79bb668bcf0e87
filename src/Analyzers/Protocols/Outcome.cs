namespace MmapAnalyzers.Protocols;

/// <summary>The outcome of a call for which an effect holds; member names are those that the attributes' enumeration uses.</summary>
internal enum Outcome
{
    Always,
    True,
    False,
    Zero,
    NonZero,
    NonNull,
}
