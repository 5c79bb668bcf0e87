using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Writing;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>Gives a unit back right before an exit that would take it along.</summary>
internal static class ReleaseAtExit
{
    /// <summary>Before each of the exits that a property of the finding gives; nothing if one of them has no place for it.</summary>
    public static ImmutableArray<SourceChange> Write(TakenUnit unit, Finding finding, string property, RepairSession session)
    {
        var exits = finding.TokensAt(property).Select(token => Write(unit, token, finding, session)).ToArray();
        return exits.Any(changes => changes.IsEmpty) ? [] : [.. exits.SelectMany(changes => changes)];
    }

    private static ImmutableArray<SourceChange> Write(TakenUnit unit, SyntaxToken token, Finding finding, RepairSession session)
    {
        if (ReleaseText.Of(unit, finding) is not { } release)
        {
            return [];
        }

        var exit = token.Parent?.AncestorsAndSelf().TakeWhile(node => !FunctionBody.IsFunction(node)).OfType<StatementSyntax>().FirstOrDefault();
        return exit switch
        {
            ReturnStatementSyntax { Expression: { } value } statement when !IsPlain(value, unit, finding) => Hold(statement, value, release, finding, session),
            ReturnStatementSyntax or ThrowStatementSyntax => new StatementRewrite(exit, finding.Style) { Before = [release] }.Changes(),
            null when Region.Of(unit)?.Block.Statements is [.., var last] => new StatementRewrite(last, finding.Style) { After = [release] }.Changes(),
            _ => [],
        };
    }

    /// <summary>Whether the value is the same after the release.</summary>
    private static bool IsPlain(ExpressionSyntax value, TakenUnit unit, Finding finding) =>
        finding.Model.GetConstantValue(value, finding.Cancellation).HasValue
        || (value.ToString() != unit.Holder && finding.Model.GetSymbolInfo(value, finding.Cancellation).Symbol is ILocalSymbol or IParameterSymbol { RefKind: RefKind.None });

    private static ImmutableArray<SourceChange> Hold(ReturnStatementSyntax statement, ExpressionSyntax value, string release, Finding finding, RepairSession session)
    {
        if (ExitPlace.Of(finding, statement) is not { } exit || finding.Model.GetTypeInfo(value, finding.Cancellation).Type is not { } type)
        {
            return [];
        }

        var (name, isNew) = session.Names.Take(statement, "result", type, finding.Model);
        var declared = isNew ? LocalNames.TypeName(type, value, finding.Model, finding.Style) + " " : string.Empty;
        return exit.Hold($"{declared}{name} = ", [release], name);
    }
}
