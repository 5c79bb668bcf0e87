namespace MmapAnalyzers.Tests.Faults;

/// <summary>What is done to one acquire or release of a correct program.</summary>
internal enum FaultKind
{
    ReleaseDropped,

    ReleaseDuplicated,

    /// <summary>Out of its finally block to the end of the try block.</summary>
    ReleaseMovedOutOfFinally,

    /// <summary>Before the last use of the value.</summary>
    ReleaseMovedBeforeUse,

    /// <summary>Behind a return that some other condition chooses.</summary>
    ReleaseMovedBehindReturn,

    /// <summary>Under a condition that has nothing to do with it.</summary>
    ReleaseUnderCondition,

    /// <summary>Another function gives back.</summary>
    ReleaseOfAnotherKind,

    /// <summary>Another length is given back.</summary>
    ReleaseOfAnotherLength,

    AcquireDropped,

    AcquireDuplicated,

    AcquireUnderCondition,

    /// <summary>The test of the acquire's outcome is taken away.</summary>
    OutcomeIgnored,
}
