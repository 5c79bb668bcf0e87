using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>Drops, doubles and weakens releases where they stand.</summary>
internal static class ReleaseFaults
{
    public static IEnumerable<Mutant> In(BoundUsage usage) => usage.Releases.SelectMany(release => Of(usage, release));

    private static IEnumerable<Mutant> Of(BoundUsage usage, Site release)
    {
        if (Equivalence.LosesNothing(usage, release))
            yield break;

        if (release.Call is LocalDeclarationStatementSyntax { UsingKeyword: var keyword })
            yield return Planted(usage, release, FaultKind.ReleaseDropped, [new TextChange(keyword.FullSpan, "")], Promise.NotGivenBack(usage, release));

        if (release.Whole is not { } whole)
            yield break;

        var lost = release.Handler is null ? Promise.NotGivenBack(usage, release) : Promise.NotGivenBackAfterThrow(usage, release);
        yield return Planted(usage, release, FaultKind.ReleaseDropped, Edits.Remove(whole), lost);

        if (!Equivalence.MayBeRepeated(release))
            yield return Planted(usage, release, FaultKind.ReleaseDuplicated, Edits.Rewrite(whole, static text => $"{text}\n{Mutant.Mark}{text}"), Promise.GivenBackTwice(usage, release));

        if (!Scopes.AcquiresInFunctionOf(usage, release).IsEmpty)
        {
            var onSomePath = release.Handler is null ? Promise.NotGivenBackOnSomePath(usage, release) : lost;
            yield return Planted(
                usage, release, FaultKind.ReleaseUnderCondition, [Edits.DeclareOther(whole), .. Edits.Rewrite(whole, static text => $"if ({Edits.OtherField}) {text}")], onSomePath);
        }
    }

    private static Mutant Planted(BoundUsage usage, Site release, FaultKind kind, ImmutableArray<TextChange> changes, ImmutableArray<Expectation> expected) =>
        new(usage.Usage, kind, usage.LineOf(release.Call), changes, expected);
}
