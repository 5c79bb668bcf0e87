using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>How programs ask for the outcome of an acquire, and where they put its value.</summary>
internal static class Conditions
{
    /// <summary>The statement that leaves when the call in its condition has not taken anything.</summary>
    public static IfStatementSyntax? JumpOn(Site acquire) =>
        acquire.Call.FirstAncestorOrSelf<IfStatementSyntax>() is { Else: null } choice && choice.Condition.Span.Contains(acquire.Call.Span) && IsJump(choice.Statement) && acquire.Effect.When != Outcome.Always
            ? choice
            : null;

    /// <summary>
    /// The statement that leaves when the value shows that nothing was taken. Where the failure value is null it is left alone: giving null back does nothing (MMAP4009).
    /// </summary>
    public static IfStatementSyntax? TestOf(BoundUsage usage, Site acquire) => acquire.Effect is { When: Outcome.IsNot or Outcome.NonNegative or Outcome.True, WhenOrdinal: null }
        ? acquire.Function.DescendantNodes().OfType<IfStatementSyntax>().FirstOrDefault(choice => choice.Else is null && IsJump(choice.Statement) && choice.SpanStart > acquire.Call.Span.End && Asks(usage, choice, acquire.Value))
        : null;

    /// <summary>The test of the flag that the acquire has set, around a release.</summary>
    public static IfStatementSyntax? FlagTestOf(BoundUsage usage, Site acquire, Site release)
    {
        var flag = Arguments.Of((ExpressionSyntax)acquire.Call, acquire.Member, acquire.Effect.WhenOrdinal!.Value) is { } argument ? usage.Aliases.NamedBy(argument) : null;
        return release.Statement is { Parent: IfStatementSyntax { Else: null } choice } && Asks(usage, choice, flag) ? choice : null;
    }

    /// <summary>The statement that puts the value into a variable which can be assigned again, and the variable.</summary>
    public static (StatementSyntax Statement, string Variable)? StoreOf(Site acquire) => ValueOf(acquire).Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Parent: BlockSyntax } local } variable } => (local, variable.Identifier.ValueText),
        AssignmentExpressionSyntax { RawKind: (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement } assignment => (statement, assignment.Left.ToString()),
        _ => null,
    };

    /// <summary>The call with its await and its casts.</summary>
    public static ExpressionSyntax ValueOf(Site acquire)
    {
        var value = AwaitedOf(acquire);
        while (value.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax)
            value = (ExpressionSyntax)value.Parent;
        return value;
    }

    public static ExpressionSyntax AwaitedOf(Site acquire)
    {
        var call = (ExpressionSyntax)acquire.Call;
        while (call.Parent is AwaitExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } })
            call = (ExpressionSyntax)call.Parent;
        return call;
    }

    private static bool Asks(BoundUsage usage, IfStatementSyntax choice, ISymbol? symbol) => symbol is not null
        && choice.Condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => SymbolEqualityComparer.Default.Equals(usage.Model.GetSymbolInfo(name).Symbol?.OriginalDefinition, symbol.OriginalDefinition));

    private static bool IsJump(StatementSyntax statement) =>
        (statement is BlockSyntax { Statements: [.., var last] } ? last : statement) is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax;
}
