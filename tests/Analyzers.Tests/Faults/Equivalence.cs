using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>When a change leaves a program as right as it was, by what the pages of the rules say is no fault.</summary>
internal static class Equivalence
{
    /// <summary>Disposing twice does no harm (MMAP4002).</summary>
    public static bool MayBeRepeated(Site release) => release.Member.Name is "Dispose" or "DisposeAsync" or "Close";

    /// <summary>A release on the way of an exception, of what the garbage collector takes in the end (MMAP4001).</summary>
    public static bool LosesNothing(BoundUsage usage, Site release) => usage.Describe(release).IsCollected && release.Handler is { } handler && EndsInThrow(handler);

    /// <summary>Without its finally block a release is skipped by exceptions only, and the garbage collector takes what they lose (MMAP4001).</summary>
    public static bool LosesByExceptionOnly(BoundUsage usage, Site release, BlockSyntax block) =>
        usage.Describe(release).IsCollected && !block.Statements.SkipLast(1).Any(LeavesEarly) && !(block.Statements.LastOrDefault() is { } last && last is not ReturnStatementSyntax && LeavesEarly(last));

    /// <summary>Nothing stands between the acquire and the moved release that may throw or leave (MMAP4011).</summary>
    public static bool NothingMayThrow(BoundUsage usage, Site release, IEnumerable<StatementSyntax> between) =>
        !between.Any(LeavesEarly) && !between.SelectMany(static statement => statement.DescendantNodesAndSelf()).Any(node => usage.MayThrow(node) && !usage.Acquires.Any(acquire => acquire.Call == node && acquire.Resource == release.Resource));

    /// <summary>An acquire that tells by a flag whether it was done: without it the flag stays false, and nothing is given back.</summary>
    public static bool TellsByFlag(Site acquire) => acquire.Effect.WhenOrdinal is not null;

    private static bool EndsInThrow(CatchClauseSyntax handler) => handler.Block.Statements.LastOrDefault() is ThrowStatementSyntax;

    private static bool LeavesEarly(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(static node => node is ReturnStatementSyntax or ThrowStatementSyntax or GotoStatementSyntax or YieldStatementSyntax);
}
