using MmapAnalyzers.Runtime.Kernel;

namespace Tour.Running;

/// <summary>A stop of the tour: a broken driver, and a program that makes it go wrong.</summary>
internal abstract class Episode
{
    /// <summary>The rule that finds the mistake.</summary>
    public abstract string RuleId { get; }

    /// <summary>The mistake in a few words.</summary>
    public abstract string Title { get; }

    /// <summary>What the driver forgets, for somebody who sees this for the first time.</summary>
    public abstract string Introduction { get; }

    /// <summary>Runs the program against a driver.</summary>
    public abstract Run Run(KernelModule driver);

    /// <summary>The stops in their order.</summary>
    public static IReadOnlyList<Episode> All { get; } =
        [new Episodes.FirstMapping(), new Episodes.OpenAndClose(), new Episodes.InodeCount(), new Episodes.PageReference(), new Episodes.RemapResult()];
}
