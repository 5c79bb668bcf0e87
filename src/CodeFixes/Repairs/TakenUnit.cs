using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>A unit that a function takes, with what holds it there.</summary>
internal sealed class TakenUnit
{
    private readonly Finding _finding;

    private TakenUnit(Finding finding, UnitCall acquire, string holder, StatementSyntax statement, SyntaxNode function)
    {
        _finding = finding;
        Acquire = acquire;
        Holder = holder;
        Statement = statement;
        Function = function;
        Releases = [.. FunctionBody.OwnNodes(function).OfType<InvocationExpressionSyntax>().Select(ReleaseAt).OfType<UnitCall>()];
    }

    public UnitCall Acquire { get; }

    /// <summary>The local that holds the value, or the object that the unit is counted on, as it is written.</summary>
    public string Holder { get; }

    /// <summary>The statement that takes the unit.</summary>
    public StatementSyntax Statement { get; }

    public SyntaxNode Function { get; }

    /// <summary>The calls in the function that give the unit back.</summary>
    public ImmutableArray<UnitCall> Releases { get; }

    public string Resource => Acquire.Effect.Resource;

    /// <summary>The unit that the call at a token takes.</summary>
    public static TakenUnit? At(SyntaxToken token, Finding finding)
    {
        if (!finding.Has(RepairProperties.Resource, out var resource) || token.Parent?.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || FunctionBody.Around(statement) is not { } function)
        {
            return null;
        }

        var acquire = statement.DescendantNodes(node => node is not StatementSyntax || node == statement).OfType<ExpressionSyntax>()
            .Where(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax && node.Span.End > token.SpanStart)
            .Select(call => UnitCall.Of(call, EffectKind.Acquire, resource, finding)).OfType<UnitCall>().ToArray();
        return acquire is [var only] && HolderOf(only, finding) is { } holder ? new(finding, only, holder, statement, function) : null;
    }

    /// <summary>The release at a call, if it gives back this unit.</summary>
    private UnitCall? ReleaseAt(InvocationExpressionSyntax call) =>
        UnitCall.Of(call, EffectKind.Release, Resource, _finding) is { } release && release.Target(_finding) is { } target && UnitCall.Plain(target) == Holder ? release : null;

    private static string? HolderOf(UnitCall acquire, Finding finding) =>
        acquire.Target(finding) is { } target ? IsPlace(target) ? UnitCall.Plain(target) : null : VariableOf(acquire.Syntax, finding);

    private static bool IsPlace(ExpressionSyntax target) =>
        target is DeclarationExpressionSyntax or IdentifierNameSyntax or ThisExpressionSyntax or TypeOfExpressionSyntax
        || (target is MemberAccessExpressionSyntax { Expression: var inner } && IsPlace(inner));

    /// <summary>The variable that the value of the call goes to.</summary>
    public static string? VariableOf(ExpressionSyntax call, Finding finding)
    {
        SyntaxNode value = call;
        while (value.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax or PostfixUnaryExpressionSyntax)
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } variable } => variable.Identifier.ValueText,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } when finding.Model.GetSymbolInfo(left, finding.Cancellation).Symbol is ILocalSymbol or IParameterSymbol => left.Identifier.ValueText,
            _ => null,
        };
    }
}
