using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Repairs;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Diagnostics;

namespace MmapAnalyzers.CodeFixes;

/// <summary>Counts the first mapping as the last step before success is returned.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MMAP1001FirstMappingNotCountedCodeFix)), Shared]
public sealed class MMAP1001FirstMappingNotCountedCodeFix : RepairCodeFix
{
    private const string Comment = "// Open does not run for the first mapping: count it here.";

    private protected override string Id => RuleIds.FirstMappingNotCounted;

    internal override IEnumerable<Repair> RepairsOf(Finding finding)
    {
        if (finding.Has(RepairProperties.Insert, out var statements))
        {
            yield return new Repair("Count the first mapping", "Insert", session => Write(finding, statements, [.. statements.Split('\n')], session));
        }

        if (finding.Has(RepairProperties.InsertCall, out var call) && call != statements && !CountsAgain(finding, call))
        {
            yield return new Repair($"Call '{call.TrimEnd(';')}' for the first mapping", "InsertCall", session => Write(finding, call, [call, .. statements?.Split('\n') ?? []], session));
        }
    }

    /// <summary>Whether open, beside what is missing, does something that mmap has done itself.</summary>
    private static bool CountsAgain(Finding finding, string call) =>
        finding.Token.Parent is { } place && FunctionBody.Around(place) is { } function
        && SyntaxFactory.ParseStatement(call) is ExpressionStatementSyntax { Expression: var expression }
        && finding.Model.GetSpeculativeSymbolInfo(place.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Symbol?.DeclaringSyntaxReferences is [var reference]
        && EarlierStatements.Shared(function, reference.GetSyntax(finding.Cancellation));

    /// <summary>Writes the text before the exit, unless another path to it has run one of the counting statements and would count twice.</summary>
    private static ImmutableArray<SourceChange> Write(Finding finding, string text, ImmutableArray<string> statementsThatCount, RepairSession session)
    {
        if (ExitPlace.Of(finding) is not { } exit
            || EarlierStatements.AnyOnSomePathTo(exit.Value, statementsThatCount, finding.Model)
            || Phrasing.Statements(text, exit.Value, finding.Model) is not { IsEmpty: false } statements)
        {
            return [];
        }

        ImmutableArray<string> counting = [Comment, .. statements];
        return finding.Has(RepairProperties.SuccessValue, out var success)
            ? WriteTested(finding, exit, counting, success, session)
            : exit.Prepend(counting);
    }

    /// <summary>The returned value may also say that something failed: then nothing must be counted.</summary>
    private static ImmutableArray<SourceChange> WriteTested(Finding finding, ExitPlace exit, ImmutableArray<string> counting, string success, RepairSession session)
    {
        if (exit.Type.IsReferenceType)
        {
            return [];
        }

        var constant = Phrasing.Constant(success, exit.Type, exit.Value, finding.Model);
        ImmutableArray<string> Counted(string local)
        {
            var test = finding.Style.If(Phrasing.Condition(local, constant, isEqual: true), counting);
            return [.. test, .. finding.Style.Gap(test)];
        }

        if (finding.Model.GetSymbolInfo(exit.Value, finding.Cancellation).Symbol is ILocalSymbol or IParameterSymbol { RefKind: RefKind.None })
        {
            return exit.Prepend(Counted(exit.Value.ToString()));
        }

        var (name, isNew) = session.Names.Take(exit.Site, exit.Type.TypeKind == TypeKind.Enum ? "error" : "result", exit.Type, finding.Model);
        var declared = isNew ? LocalNames.TypeName(exit.Type, exit.Value, finding.Model, finding.Style) + " " : string.Empty;
        return exit.Hold($"{declared}{name} = ", Counted(name), name);
    }
}
