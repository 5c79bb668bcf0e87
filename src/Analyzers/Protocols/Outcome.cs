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
    Null,
    Negative,
    NonNegative,

    /// <summary>Equal to the constant that stands with the outcome.</summary>
    Is,

    /// <summary>Different from the constant that stands with the outcome.</summary>
    IsNot,
}
