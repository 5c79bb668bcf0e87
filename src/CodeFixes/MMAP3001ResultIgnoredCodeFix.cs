using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Repairs;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Diagnostics;

namespace MmapAnalyzers.CodeFixes;

/// <summary>Tests the result and leaves the function when the call failed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MMAP3001ResultIgnoredCodeFix)), Shared]
public sealed class MMAP3001ResultIgnoredCodeFix : RepairCodeFix
{
    private protected override string Id => RuleIds.ResultIgnored;

    internal override IEnumerable<Repair> RepairsOf(Finding finding)
    {
        if (finding.Has(RepairProperties.SuccessValue, out var success) && finding.Call() is { } call)
        {
            yield return new Repair("Return when the call fails", "Test", session => Write(finding, call, success, session));
        }
    }

    private static ImmutableArray<SourceChange> Write(Finding finding, InvocationExpressionSyntax call, string success, RepairSession session)
    {
        if (finding.Model.GetTypeInfo(call, finding.Cancellation).Type is not { IsReferenceType: false } type
            || ReturnTypeAround(call, finding) is not { } returned
            || call.Ancestors().TakeWhile(node => !FunctionBody.IsFunction(node)).OfType<FinallyClauseSyntax>().Any())
        {
            return [];
        }

        var constant = Phrasing.Constant(success, type, call, finding.Model);
        var leave = LeaveStatement(finding, type, returned);
        switch (call.Parent)
        {
            case ExpressionStatementSyntax statement:
                return WriteWhereDropped(finding, statement, call, type, constant, leave, session);
            case AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement } assignment when assignment.Right == call:
                return finding.Model.GetSymbolInfo(assignment.Left, finding.Cancellation).Symbol switch
                {
                    IDiscardSymbol => WriteWhereDropped(finding, statement, call, type, constant, leave, session),
                    ILocalSymbol or IParameterSymbol => WriteBehind(finding, statement, assignment.Left.ToString(), constant, leave),
                    _ => [],
                };
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax statement } variable }:
                return WriteBehind(finding, statement, variable.Identifier.Text, constant, leave);
            default:
                return [];
        }
    }

    /// <summary>How the function says that it failed; with the result itself if this is the empty text.</summary>
    private static string LeaveStatement(Finding finding, ITypeSymbol type, ITypeSymbol returned) =>
        finding.Has(RepairProperties.Insert, out var leave) ? returned.SpecialType == SpecialType.System_Boolean ? leave : string.Empty
        : type.SpecialType == SpecialType.System_Boolean && finding[RepairProperties.SuccessValue] == "true" ? "return false;"
        : string.Empty;

    private static ImmutableArray<SourceChange> WriteWhereDropped(
        Finding finding, StatementSyntax statement, InvocationExpressionSyntax call, ITypeSymbol type, string constant, string leave, RepairSession session)
    {
        if (leave.Length > 0)
        {
            var test = finding.Style.If(Phrasing.Condition(call.ToString(), constant, isEqual: false), leave);
            return Rewritten([test[0]], test.RemoveAt(0));
        }

        if (!finding.Has(RepairProperties.LocalName, out var preferred))
        {
            return [];
        }

        var (name, isNew) = session.Names.Take(statement, preferred, type, finding.Model);
        var declared = isNew ? LocalNames.TypeName(type, call, finding.Model, finding.Style) + " " : string.Empty;
        return Rewritten([$"{declared}{name} = {call};"], finding.Style.If(Phrasing.Condition(name, constant, isEqual: false), $"return {name};"));

        ImmutableArray<SourceChange> Rewritten(ImmutableArray<string> instead, ImmutableArray<string> after) =>
            new StatementRewrite(statement, finding.Style) { Instead = instead, After = after }.Changes();
    }

    private static ImmutableArray<SourceChange> WriteBehind(Finding finding, StatementSyntax statement, string name, string constant, string leave) =>
        new StatementRewrite(statement, finding.Style)
        {
            After = finding.Style.If(Phrasing.Condition(name, constant, isEqual: false), leave.Length > 0 ? leave : $"return {name};"),
        }.Changes();

    /// <summary>What the function that the call stands in returns, if the rule's proposal was made for it.</summary>
    private static ITypeSymbol? ReturnTypeAround(SyntaxNode call, Finding finding)
    {
        var returned = finding.Model.GetEnclosingSymbol(call.SpanStart, finding.Cancellation) is IMethodSymbol { ReturnsVoid: false } method ? method.ReturnType : null;
        var isExpected = finding[RepairProperties.Insert] is not null
            ? returned?.SpecialType == SpecialType.System_Boolean
            : SymbolEqualityComparer.Default.Equals(returned, finding.Model.GetTypeInfo(call, finding.Cancellation).Type);
        return isExpected ? returned : null;
    }
}
