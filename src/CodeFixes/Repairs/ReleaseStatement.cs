using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>Statements that do nothing but give a unit back.</summary>
internal static class ReleaseStatement
{
    /// <summary>The release at a token, if it is a statement of its own.</summary>
    public static UnitCall? CallAt(SyntaxToken token, Finding finding) =>
        finding.Has(RepairProperties.Resource, out var resource) && token.Parent?.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax statement
            ? statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(call => UnitCall.Of(call, EffectKind.Release, resource, finding)).OfType<UnitCall>()
                .FirstOrDefault(call => call.Statement == statement)
            : null;

    public static StatementSyntax? At(SyntaxToken token, Finding finding) => CallAt(token, finding)?.Statement;
}
