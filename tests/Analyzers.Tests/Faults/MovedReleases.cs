using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>Moves releases to where they do not belong.</summary>
internal static class MovedReleases
{
    public static IEnumerable<Mutant> In(BoundUsage usage) =>
        usage.Releases.Where(static release => release.Statement is not null).SelectMany(release => Of(usage, release)).OfType<Mutant>();

    private static IEnumerable<Mutant?> Of(BoundUsage usage, Site release)
    {
        if (release.InFinally is { Parent.Parent: FinallyClauseSyntax { Parent: TryStatementSyntax attempt } } moved)
        {
            yield return OutOfFinally(usage, release, moved, attempt.Block);
            yield return BeforeUse(usage, release, moved, attempt.Block.Statements);
        }
        else if (release.Statement is { Parent: BlockSyntax block } statement)
        {
            yield return BeforeUse(usage, release, statement, block.Statements.TakeWhile(other => other != statement));
            yield return BehindReturn(usage, release, statement);
        }
    }

    private static Mutant? OutOfFinally(BoundUsage usage, Site release, StatementSyntax moved, BlockSyntax block)
    {
        var last = block.Statements.LastOrDefault();
        if (last is null || Equivalence.LosesByExceptionOnly(usage, release, block))
            return null;

        // What is moved before a return is evaluated before what the return does.
        var leaves = last is ReturnStatementSyntax or ThrowStatementSyntax;
        if (Equivalence.NothingMayThrow(usage, release, leaves ? block.Statements.SkipLast(1) : block.Statements) && !UsesOf(usage, release, last).Any())
            return null;

        var place = leaves ? Edits.InsertBefore(last, moved.ToString()) : Edits.Insert(last.Span.End, $"\n{moved}");
        return new(
            usage.Usage,
            FaultKind.ReleaseMovedOutOfFinally,
            usage.LineOf(release.Call),
            [place, Edits.Replace(moved, "")],
            [.. Promise.NotGivenBackAfterThrow(usage, release), .. Promise.UsedAfterwards(UsesOf(usage, release, last).Where(_ => last is ReturnStatementSyntax))]);
    }

    private static Mutant? BeforeUse(BoundUsage usage, Site release, StatementSyntax moved, IEnumerable<StatementSyntax> statements)
    {
        var before = statements.LastOrDefault(statement => UsesOf(usage, release, statement).Any());
        return before is null ? null : new(
            usage.Usage,
            FaultKind.ReleaseMovedBeforeUse,
            usage.LineOf(release.Call),
            [Edits.InsertBefore(before, moved.ToString()), Edits.Replace(moved, moved.Parent is BlockSyntax ? "" : "{ }")],
            Promise.UsedAfterwards(UsesOf(usage, release, before)));
    }

    private static Mutant? BehindReturn(BoundUsage usage, Site release, StatementSyntax statement) =>
        Scopes.AcquiresInFunctionOf(usage, release).IsEmpty || release.Handler is not null ? null : new(
            usage.Usage,
            FaultKind.ReleaseMovedBehindReturn,
            usage.LineOf(release.Call),
            [Edits.DeclareOther(statement), Edits.InsertBefore(statement, $"if ({Edits.OtherField}) {ReturnOf(usage, release.Function)}")],
            Promise.NotGivenBackOnSomePath(usage, release));

    /// <summary>Where the value itself is used: not tested, not assigned, and not where it is taken or given back.</summary>
    private static IEnumerable<SyntaxNode> UsesOf(BoundUsage usage, Site release, StatementSyntax statement) =>
        from name in statement.DescendantNodes().OfType<IdentifierNameSyntax>()
        where SymbolEqualityComparer.Default.Equals(usage.Model.GetSymbolInfo(name).Symbol?.OriginalDefinition, release.Value)
        where usage.Describe(release).IsValue ? IsUse(name) : IsNeeded(usage, name)
        where !usage.Acquires.Concat(usage.Releases).Any(site => site.Resource == release.Resource && site.Call.Span.Contains(name.Span) && site.Call is ExpressionSyntax)
        select name;

    private static bool IsUse(IdentifierNameSyntax name) =>
        name.Parent is not (BinaryExpressionSyntax or IsPatternExpressionSyntax) && !(name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name);

    /// <summary>Whether the name is given to a call that needs the unit.</summary>
    private static bool IsNeeded(BoundUsage usage, IdentifierNameSyntax name) =>
        name.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && usage.NeedsUnit(call);

    private static string ReturnOf(BoundUsage usage, SyntaxNode function) => usage.Model.GetDeclaredSymbol(function) is IMethodSymbol { ReturnsVoid: false, MethodKind: not MethodKind.Constructor } method
        && !(method is { IsAsync: true, ReturnType: INamedTypeSymbol { IsGenericType: false } })
            ? function.DescendantNodes().Any(static node => node.IsKind(SyntaxKind.YieldReturnStatement)) ? "yield break;" : "return default!;"
            : "return;";
}
