using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>Lets a unit be given back on every way out of the block that takes it: by a <c>using</c> declaration, or by a <c>finally</c> block.</summary>
internal static class ReleaseAlways
{
    public static ImmutableArray<SourceChange> Write(TakenUnit unit, Finding finding)
    {
        if (unit.Releases.Length > 1 || Region.Of(unit, finding.TokenAt(RepairProperties.ExitAt)) is not { } region)
        {
            return [];
        }

        var release = unit.Releases.FirstOrDefault()?.Statement;
        if (unit.Releases.Length == 1 && (release?.Parent != region.Block || region.Block.Statements.IndexOf(release) < region.Start))
        {
            return [];
        }

        return AsUsing(unit, release, finding) is { IsEmpty: false } changes ? changes : AsFinally(unit, region, release, finding);
    }

    private static ImmutableArray<SourceChange> AsUsing(TakenUnit unit, ExpressionStatementSyntax? release, Finding finding)
    {
        if (unit.Statement is not LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Parent: BlockSyntax } declaration
            || unit.Acquire.Effect.Target != EffectTarget.Return
            || finding.Model.GetTypeInfo(declaration.Declaration.Type, finding.Cancellation).Type is not { } type
            || !IsDisposable(type, unit, finding)
            || unit.Releases.Any(call => call.Method.Name != nameof(IDisposable.Dispose)))
        {
            return [];
        }

        var insert = SourceChange.Insert(declaration.SyntaxTree, declaration.SpanStart, "using ");
        return release is null ? [insert] : StatementRemoval.Of(release, finding.Style) is { IsEmpty: false } removal ? [insert, .. removal] : [];
    }

    /// <summary>Whether disposing of a value of the type gives the unit back.</summary>
    private static bool IsDisposable(ITypeSymbol type, TakenUnit unit, Finding finding) =>
        type.AllInterfaces.FirstOrDefault(contract => contract.SpecialType == SpecialType.System_IDisposable)?.GetMembers(nameof(IDisposable.Dispose)) is [IMethodSymbol dispose]
        && ((type.FindImplementationForInterfaceMember(dispose) as IMethodSymbol ?? dispose) is var own
            && UnitCall.EffectOf(own, type, EffectKind.Release, unit.Resource, finding.Protocols) is not null
            || UnitCall.EffectOf(dispose, type, EffectKind.Release, unit.Resource, finding.Protocols) is not null);

    private static ImmutableArray<SourceChange> AsFinally(TakenUnit unit, Region region, ExpressionStatementSyntax? release, Finding finding)
    {
        var statements = region.Block.Statements;
        if (release is null)
        {
            return ReleaseText.ByProtocol(unit, finding) is { } text && region.Start < statements.Count
                ? new TryFinally([.. statements.Skip(region.Start)], finding.Style) { Final = text }.Changes()
                : [];
        }

        var end = Math.Max(statements.IndexOf(release), LastUseOfLocals(statements, region.Start, statements.IndexOf(release)));
        return new TryFinally([.. statements.Skip(region.Start).Take(end - region.Start + 1)], finding.Style) { Moved = release }.Changes();
    }

    /// <summary>The last statement that reads a local which the statements before the release declare: it has to move into the same block.</summary>
    private static int LastUseOfLocals(SyntaxList<StatementSyntax> statements, int start, int release)
    {
        var names = statements.Skip(start).Take(release - start).SelectMany(DeclaredIn).ToImmutableHashSet();
        return statements.LastIndexOf(statement => statement.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText)));
    }

    private static IEnumerable<string> DeclaredIn(StatementSyntax statement) =>
        statement.DescendantNodes(node => node is not BlockSyntax and not AnonymousFunctionExpressionSyntax).Select(node => node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
            _ => null,
        }).OfType<string>();
}
