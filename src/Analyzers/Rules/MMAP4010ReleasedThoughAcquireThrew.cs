using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>A finally block gives back what its try block may not have taken.</summary>
internal static class MMAP4010ReleasedThoughAcquireThrew
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.ReleasedThoughAcquireThrew,
        Categories.Pairing,
        RuleLevel.Warning,
        "Take before the try, or remember that it was taken",
        "{0} is given back here also when '{1}' has thrown and taken nothing",
        "A finally block runs whatever the try block did. If the acquire inside the try block throws, the finally block gives back what was never taken.");

    public static void Check(FunctionCheck check)
    {
        // A release that does not ask for the outcome is told about where the acquire may fail without an exception.
        var failed = check.Result.Misuses.Where(misuse => misuse.Kind == MisuseKind.ReleasedAfterFailure).Select(misuse => misuse.Site).ToImmutableHashSet();
        foreach (var misuse in MisuseReport.Of(check, MisuseKind.ReleasedAfterThrow).Where(misuse => !failed.Contains(misuse.Site) && !IsHandledBefore(misuse)))
        {
            MisuseReport.Report(check, Descriptor, misuse, UnitText.Subject(check, misuse.Key), UnitText.Call(misuse.Unit.ThrewAt));
        }
    }

    /// <summary>
    /// Whether a handler of one kind of exception stands between the two: whoever writes it knows what has been taken then, as after a wait for a mutex that its owner has abandoned.
    /// </summary>
    private static bool IsHandledBefore(Misuse misuse) => misuse.Unit.ThrewAt!.Ancestors().OfType<TryStatementSyntax>()
        .Any(attempt => !attempt.Span.Contains(misuse.Site.Span) && attempt.Block.Span.Contains(misuse.Unit.ThrewAt!.Span) && attempt.Catches.Any(static handler => handler.Declaration is { Type: not IdentifierNameSyntax { Identifier.ValueText: nameof(Exception) } }));
}
