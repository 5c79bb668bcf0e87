using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Repairs;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Diagnostics;

namespace MmapAnalyzers.CodeFixes;

/// <summary>Leaves a function that returns nothing when the acquire failed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MMAP4005AcquireOutcomeIgnoredCodeFix)), Shared]
public sealed class MMAP4005AcquireOutcomeIgnoredCodeFix : RepairCodeFix
{
    private protected override string Id => RuleIds.AcquireOutcomeIgnored;

    private protected override bool IsTriedOut => true;

    internal override IEnumerable<Repair> RepairsOf(Finding finding)
    {
        if (TakenUnit.At(finding.Token, finding) is { } unit && ReturnsNothing(unit, finding))
        {
            yield return new Repair("Return when nothing was taken", "Test", _ => Write(unit, finding));
        }
    }

    private static ImmutableArray<SourceChange> Write(TakenUnit unit, Finding finding)
    {
        if (OutcomeText.NotTaken(unit, finding) is { } condition)
        {
            return new StatementRewrite(unit.Statement, finding.Style) { After = finding.Style.If(condition, "return;") }.Changes();
        }

        return unit.Statement is ExpressionStatementSyntax { Expression: var call } && OutcomeText.NotTrue(call.ToString(), unit.Acquire.Effect) is { } failed && finding.Style.Text.AreOnOneLine(call.Span)
            ? new StatementRewrite(unit.Statement, finding.Style) { Instead = finding.Style.If(failed, "return;") }.Changes()
            : [];
    }

    /// <summary>Whether the function returns nothing, and the statement is not within a <c>finally</c> block, which cannot be left.</summary>
    private static bool ReturnsNothing(TakenUnit unit, Finding finding) =>
        finding.Model.GetEnclosingSymbol(unit.Statement.SpanStart, finding.Cancellation) is IMethodSymbol method
        && (method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false }))
        && !unit.Statement.Ancestors().TakeWhile(node => node != unit.Function).OfType<FinallyClauseSyntax>().Any();
}
