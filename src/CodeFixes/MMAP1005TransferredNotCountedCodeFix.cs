using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Repairs;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Rules;

namespace MmapAnalyzers.CodeFixes;

/// <summary>Takes the reference that is handed over, right after it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MMAP1005TransferredNotCountedCodeFix)), Shared]
public sealed class MMAP1005TransferredNotCountedCodeFix : RepairCodeFix
{
    private protected override string Id => RuleIds.TransferredNotCounted;

    internal override IEnumerable<Repair> RepairsOf(Finding finding)
    {
        yield return new Repair("Take the reference that is handed over", "Insert", session => Write(finding, session));
    }

    private static ImmutableArray<SourceChange> Write(Finding finding, RepairSession session)
    {
        if (finding.Outermost<AssignmentExpressionSyntax>() is { } assignment)
        {
            return assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && StatementThatAlwaysRuns(assignment) is { } statement && Value(assignment) is { } value
                ? Behind(finding, statement, TakeFor(value, assignment, finding))
                : [];
        }

        return finding.Has(RepairProperties.Insert, out var text)
            && finding.Call() is { } call && TransferringHelper.Of(call, finding.Model, finding.Cancellation) is { } helper
            && Phrasing.Statements(text, call, finding.Model) is { IsEmpty: false } statements
            ? WriteForHelper(finding, call, helper, statements, session)
            : [];
    }

    private static ImmutableArray<SourceChange> Behind(Finding finding, StatementSyntax statement, ImmutableArray<string> statements) =>
        statements.IsEmpty ? [] : new StatementRewrite(statement, finding.Style) { After = statements }.Changes();

    /// <summary>A helper may have refused; the reference is taken where it is known to have handed one over.</summary>
    private static ImmutableArray<SourceChange> WriteForHelper(Finding finding, InvocationExpressionSyntax call, TransferringHelper helper, ImmutableArray<string> statements, RepairSession session)
    {
        if (helper.AlwaysTransfers && StatementThatAlwaysRuns(call) is { } statement)
        {
            return Behind(finding, statement, statements);
        }

        if (helper.TestThatReturnsOnFailure(call, finding.Model) is { } test)
        {
            return Behind(finding, test, statements);
        }

        if (helper.Success is not { } success || ExitAround(finding, call) is not { } exit || exit.Value != call)
        {
            return [];
        }

        var (name, isNew) = session.Names.Take(exit.Site, exit.Type.TypeKind == TypeKind.Enum ? "error" : "result", exit.Type, finding.Model);
        var declared = isNew ? LocalNames.TypeName(exit.Type, call, finding.Model, finding.Style) + " " : string.Empty;
        var counted = finding.Style.If(Phrasing.Condition(name, Phrasing.Constant(success, exit.Type, call, finding.Model), isEqual: true), statements);
        return exit.Hold($"{declared}{name} = ", [.. counted, .. finding.Style.Gap(counted)], name);
    }

    private static ExitPlace? ExitAround(Finding finding, InvocationExpressionSyntax call) =>
        call.Parent is ReturnStatementSyntax statement ? ExitPlace.Of(finding, statement) : ExitPlace.Of(finding);

    /// <summary>The statement that the expression is evaluated in on every path through it.</summary>
    private static StatementSyntax? StatementThatAlwaysRuns(ExpressionSyntax expression)
    {
        SyntaxNode node = expression;
        while (node.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } or ParenthesizedExpressionSyntax or EqualsValueClauseSyntax or VariableDeclaratorSyntax or VariableDeclarationSyntax)
        {
            node = node.Parent;
        }

        return node.Parent is ExpressionStatementSyntax or LocalDeclarationStatementSyntax ? (StatementSyntax)node.Parent : null;
    }

    /// <summary>The assigned value, if it is something with a name.</summary>
    private static ExpressionSyntax? Value(AssignmentExpressionSyntax assignment)
    {
        var value = assignment.Right;
        while (true)
        {
            switch (value)
            {
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } chained:
                    value = chained.Right;
                    break;
                case ParenthesizedExpressionSyntax parenthesized:
                    value = parenthesized.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    value = suppressed.Operand;
                    break;
                default:
                    return value is IdentifierNameSyntax or MemberAccessExpressionSyntax ? value : null;
            }
        }
    }

    /// <summary>Takes a reference for the value as it is named in the assignment; nothing is taken for null.</summary>
    private static ImmutableArray<string> TakeFor(ExpressionSyntax value, AssignmentExpressionSyntax assignment, Finding finding)
    {
        if (ProtocolBinder.Create(finding.Model.Compilation) is not { } protocols
            || finding.Model.GetSymbolInfo(assignment.Left, finding.Cancellation).Symbol is not { } target
            || protocols.Get(target).Effects.FirstOrDefault(effect => effect.Kind == EffectKind.Transfer) is not { } transfer
            || finding.Model.GetTypeInfo(value, finding.Cancellation) is not { Type: { } type, Nullability.FlowState: var state }
            || finding.Model.GetEnclosingSymbol(value.SpanStart, finding.Cancellation) is not IMethodSymbol scope
            || RepairText.CountValue(transfer.Resource, EffectKind.Acquire, type, scope, protocols) is not { } text
            || Phrasing.Statements(text, value, finding.Model, RepairText.ValuePlaceholder, value.ToString()) is not [var statement])
        {
            return [];
        }

        var (name, member) = (value.ToString(), RepairText.ValuePlaceholder + ".");
        return state != NullableFlowState.MaybeNull ? [statement.Replace(RepairText.ValuePlaceholder, name)]
            : statement.StartsWith(member, StringComparison.Ordinal) ? [statement.Replace(member, name + "?.")]
            : finding.Style.If($"{name} is not null", statement.Replace(RepairText.ValuePlaceholder, name));
    }
}
