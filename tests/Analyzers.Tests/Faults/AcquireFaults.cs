using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>Drops, doubles and weakens acquires.</summary>
internal static class AcquireFaults
{
    public static IEnumerable<Mutant> In(BoundUsage usage) => usage.Acquires.SelectMany(acquire => Of(usage, acquire));

    private static IEnumerable<Mutant> Of(BoundUsage usage, Site acquire)
    {
        Mutant Planted(FaultKind kind, ImmutableArray<TextChange> changes, ImmutableArray<Expectation> expected) =>
            new(usage.Usage, kind, usage.LineOf(acquire.Call), changes, expected);

        var releases = Scopes.ReleasesInFunctionOf(usage, acquire);
        var whole = acquire.Whole ?? Conditions.JumpOn(acquire);
        if (whole is not null && !releases.IsEmpty && !Equivalence.TellsByFlag(acquire))
        {
            yield return Planted(FaultKind.AcquireDropped, Edits.Remove(whole), Promise.NotTaken(releases));
            yield return Planted(
                FaultKind.AcquireUnderCondition, [Edits.DeclareOther(whole), .. Edits.Rewrite(whole, static text => $"if ({Edits.OtherField}) {text}")], Promise.NotTaken(releases));
        }

        if (acquire.Statement is { } statement && !Equivalence.TellsByFlag(acquire))
            yield return Planted(FaultKind.AcquireDuplicated, Edits.Rewrite(statement, static text => $"{text}\n{Mutant.Mark}{text}"), Promise.TakenTwice(usage, acquire));

        if (Conditions.StoreOf(acquire) is (var store, var variable) && !usage.GivesBackFirst(acquire))
            yield return Planted(FaultKind.AcquireDuplicated, [Edits.Insert(store.Span.End, $"\n{Mutant.Mark}{variable} = {Conditions.ValueOf(acquire)};")], Promise.TakenTwice(usage, acquire));

        if (!releases.IsEmpty && Conditions.JumpOn(acquire) is { } jump)
            yield return Planted(FaultKind.OutcomeIgnored, [Edits.Replace(jump, $"{Conditions.AwaitedOf(acquire)};")], Promise.NotAsked(acquire, releases));

        if (!releases.IsEmpty && Conditions.TestOf(usage, acquire) is { } test)
            yield return Planted(FaultKind.OutcomeIgnored, [Edits.Replace(test, "")], Promise.NotAsked(acquire, releases));

        foreach (var release in releases.Where(_ => Equivalence.TellsByFlag(acquire)))
        {
            if (Conditions.FlagTestOf(usage, acquire, release) is { } asked)
                yield return Planted(FaultKind.OutcomeIgnored, [new TextChange(TextSpan.FromBounds(asked.SpanStart, asked.Statement.SpanStart), "")], Promise.NotAsked(acquire, [release]));
        }
    }
}
