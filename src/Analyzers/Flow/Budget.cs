namespace MmapAnalyzers.Flow;

/// <summary>How much one function may cost. Beyond a budget nothing is reported.</summary>
internal static class Budget
{
    /// <summary>States kept apart at one block; more are joined to one.</summary>
    public const int DisjunctsPerBlock = 12;

    /// <summary>States at one block from which on those that hold the same units, and know the same of what decides about units, are joined.</summary>
    public const int IndifferentDisjunctsPerBlock = 2;

    /// <summary>States at one block from which on those that hold the same units are joined.</summary>
    public const int ExactDisjunctsPerBlock = 4;

    /// <summary>Exits by return from which on those that hold the same units are joined.</summary>
    public const int ExactExits = 12;

    /// <summary>Exits of one function; more are joined to one another.</summary>
    public const int Exits = 48;

    /// <summary>Blocks executed for one function.</summary>
    public const int StepsPerFunction = 600;

    /// <summary>Outcomes of a function from which on those that hold the same units are one to callers.</summary>
    public const int ExactOutcomes = 6;

    /// <summary>Outcomes kept apart in a summary; a function with more is unknown to its callers.</summary>
    public const int OutcomesPerSummary = 16;

    /// <summary>Bodies that one call may run; a call that may run more is not followed.</summary>
    public const int TargetsPerCall = 8;

    /// <summary>How deep calls are followed.</summary>
    public const int CallDepth = 12;

    /// <summary>How deep calls are followed that may hand units on: units seldom pass through many hands.</summary>
    public const int CountingCallDepth = 4;
}
