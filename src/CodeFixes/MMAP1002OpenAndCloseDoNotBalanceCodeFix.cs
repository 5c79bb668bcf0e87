using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Repairs;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Diagnostics;

namespace MmapAnalyzers.CodeFixes;

/// <summary>Writes the side that is absent: fills the empty slot with a new function, or lets the function that counts nothing count.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MMAP1002OpenAndCloseDoNotBalanceCodeFix)), Shared]
public sealed class MMAP1002OpenAndCloseDoNotBalanceCodeFix : RepairCodeFix
{
    private const string Action = "Write";

    private protected override string Id => RuleIds.OpenAndCloseDoNotBalance;

    internal override IEnumerable<Repair> RepairsOf(Finding finding)
    {
        if (!finding.Has(RepairProperties.Insert, out var statements))
        {
            yield break;
        }

        if (finding.Has(RepairProperties.Slot, out var slot))
        {
            yield return new Repair($"Fill '{slot}' to balance the count", Action, session => WriteSlot(finding, slot, statements, session));
        }
        else
        {
            yield return new Repair($"Count here: '{statements.TrimEnd(';')}'", Action, _ => WriteStatements(finding, statements));
        }
    }

    private static ImmutableArray<SourceChange> WriteSlot(Finding finding, string name, string statements, RepairSession session) =>
        finding.Outermost<AssignmentExpressionSyntax>() is { } assignment
        && EmptySlot.Of(assignment, name, finding) is { } slot
        && (CounterpartLambda.Of(assignment.Right, statements, finding) ?? CounterpartFunction.Of(assignment.Right, slot, statements, finding)?.Write(session)) is { } counterpart
            ? [.. counterpart.Declaration, .. slot.Fill(counterpart.Value)]
            : [];

    private static ImmutableArray<SourceChange> WriteStatements(Finding finding, string text) =>
        FunctionAt(finding) is { } function && FunctionBody.Of(function) is { } body && Phrasing.Statements(text, body, finding.Model) is { IsEmpty: false } statements
            ? FunctionBody.Add(function, statements, finding.Model, finding.Style)
            : [];

    /// <summary>The function at whose name the squiggle stands; for a lambda, that it stands at.</summary>
    private static SyntaxNode? FunctionAt(Finding finding) => finding.Token.Parent switch
    {
        MethodDeclarationSyntax method when method.Identifier == finding.Token => method,
        LocalFunctionStatementSyntax local when local.Identifier == finding.Token => local,
        _ => finding.Outermost<AnonymousFunctionExpressionSyntax>(),
    };
}
