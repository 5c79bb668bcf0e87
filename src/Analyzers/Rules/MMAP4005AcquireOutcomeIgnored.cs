using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>An acquire that can fail tells so by its result, and nobody looks at it.</summary>
internal static class MMAP4005AcquireOutcomeIgnored
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.AcquireOutcomeIgnored,
        Categories.Pairing,
        RuleLevel.Warning,
        "Look whether a conditional acquire has taken anything",
        "Nobody looks whether '{0}' has taken {1} {2}",
        "Whoever does not know whether a unit was taken can neither use what it protects nor give it back.");

    public static void Check(FunctionCheck check)
    {
        foreach (var ignored in check.Result.Ignored.Where(ignored => check.Declaration.Span.Contains(ignored.Call.Span)))
        {
            if (AcquireOf(check, ignored.Call) is { } acquire)
            {
                check.Report(
                    Descriptor,
                    Locations.FirstLineOf(ignored.Call),
                    [ignored.LostAt],
                    RepairPlaces.Of(acquire.Resource),
                    UnitText.Call(ignored.Call),
                    check.Protocols.Describe(acquire.Resource).Noun,
                    ignored.LostAt is { } exit ? $"on the path that leaves with '{exit}'" : "before the result is lost");
            }
        }
    }

    /// <summary>Whether the call takes a unit or not, rather than doing some other work that can fail.</summary>
    public static bool IsAcquire(FunctionCheck check, SyntaxNode call) => AcquireOf(check, call) is not null;

    private static Effect? AcquireOf(FunctionCheck check, SyntaxNode call) => call is InvocationExpressionSyntax invocation
        ? new TypeSource(check).EffectsOf(invocation).FirstOrDefault(effect => effect.Kind == EffectKind.Acquire && effect.When != Outcome.Always)
        : null;
}
