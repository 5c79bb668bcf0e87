namespace MmapAnalyzers.Runtime.Memory;

/// <summary>What becomes of a violation.</summary>
public enum SanitizerMode
{
    /// <summary>Nothing is looked for, and no books are kept: for speed.</summary>
    Off,

    /// <summary>Violations are collected in the violations of the machine.</summary>
    Report,

    /// <summary>They are collected, and thrown where they are found: for tests.</summary>
    Throw,
}
