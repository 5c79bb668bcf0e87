using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Repairs;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Rules;

namespace MmapAnalyzers.CodeFixes;

/// <summary>Takes a reference for the page before it is returned.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MMAP2001PageReturnedWithoutReferenceCodeFix)), Shared]
public sealed class MMAP2001PageReturnedWithoutReferenceCodeFix : RepairCodeFix
{
    private const string Comment = "// The page table entry owns one reference; unmap gives it back.";

    private protected override string Id => RuleIds.PageReturnedWithoutReference;

    internal override IEnumerable<Repair> RepairsOf(Finding finding)
    {
        if (finding.Has(RepairProperties.Insert, out var statements))
        {
            yield return new Repair("Take a reference for the page", "Insert", session => Write(finding, statements, session));
        }
    }

    private static ImmutableArray<SourceChange> Write(Finding finding, string text, RepairSession session)
    {
        if (ExitPlace.Of(finding) is not { } exit
            || Phrasing.Statements(text, exit.Value, finding.Model, RepairText.ValuePlaceholder, $"({exit.Value})") is not { Length: 1 } statements)
        {
            return [];
        }

        ImmutableArray<string> Counted(string page)
        {
            var statement = statements[0].Replace(RepairText.ValuePlaceholder, page);
            if (!finding.Has(RepairProperties.NotNullTest, out var test))
            {
                return [Comment, statement];
            }

            var tested = finding.Style.If(test.Replace(RepairText.ValuePlaceholder, page), statement);
            return [Comment, .. tested, .. finding.Style.Gap(tested)];
        }

        if (CanBeReadTwice(exit, finding))
        {
            return exit.Prepend(Counted(exit.Value.ToString()));
        }

        var name = session.Names.TakeNew(exit.Site, finding[RepairProperties.LocalName] ?? "value", exit.Type, finding.Model);
        return exit.Hold($"{LocalNames.TypeName(exit.Type, exit.Value, finding.Model, finding.Style)} {name} = ", Counted(name), name);
    }

    /// <summary>A local, a parameter or a field: reading it again is the same value and does nothing else.</summary>
    private static bool CanBeReadTwice(ExitPlace exit, Finding finding) =>
        exit.Value is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax }
        && finding.Model.GetSymbolInfo(exit.Value, finding.Cancellation).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol
        && SymbolEqualityComparer.Default.Equals(finding.Model.GetTypeInfo(exit.Value, finding.Cancellation).Type, exit.Type);
}
