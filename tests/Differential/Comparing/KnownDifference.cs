using MmapAnalyzers.Differential.Programs;

namespace MmapAnalyzers.Differential.Comparing;

/// <summary>Who runs an operation.</summary>
[Flags]
internal enum Sides
{
    /// <summary>Nobody: the two would go different ways from there on.</summary>
    None = 0,

    /// <summary>The machine.</summary>
    Machine = 1,

    /// <summary>The host.</summary>
    Host = 2,

    /// <summary>Both, each with its own result and no difference in what is mapped.</summary>
    Both = Machine | Host,
}

/// <summary>A place where Linux 2.0.40 and the Linux of today differ, and the machine goes with the former.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Reason">What 2.0.40 does, and what is done today.</param>
/// <param name="Applies">Whether an operation is such a case.</param>
/// <param name="Runs">Who runs it.</param>
/// <param name="IsRight">Whether what came of it is what the reason says; the second outcome is the host's, and the same as the first where the host did not run.</param>
internal sealed record KnownDifference(
    string Title, string Reason, Func<Operation, Situation, bool> Applies, Sides Runs, Func<Operation, Situation, Outcome, Outcome, bool> IsRight)
{
    public override string ToString() => $"{Title}: {Reason}";

    /// <summary>A difference of one kind of operation that nobody runs.</summary>
    public static KnownDifference NotRun<T>(string title, string reason, Func<T, Situation, bool> applies)
        where T : Operation => Of(title, reason, applies, Sides.None, (_, _, _, _) => true);

    /// <summary>A difference of one kind of operation.</summary>
    public static KnownDifference Of<T>(
        string title, string reason, Func<T, Situation, bool> applies, Sides runs, Func<T, Situation, Outcome, Outcome, bool> isRight)
        where T : Operation => new(
            title, reason,
            (operation, situation) => operation is T mine && applies(mine, situation),
            runs,
            (operation, situation, machine, host) => isRight((T)operation, situation, machine, host));
}
