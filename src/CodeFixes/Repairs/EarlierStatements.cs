using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Writing;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>Statements that have run when an exit is reached, told by the shape of the function.</summary>
internal static class EarlierStatements
{
    /// <summary>Whether one of the statements runs on some paths to the exit, but not on all.</summary>
    public static bool AnyOnSomePathTo(SyntaxNode exit, ImmutableArray<string> statements, SemanticModel model) =>
        FunctionBody.Around(exit) is { } function
        && FunctionBody.OwnNodes(function).OfType<ExpressionStatementSyntax>()
            .Any(statement => statement.Span.End <= exit.SpanStart && statements.Contains(statement.ToString()) && !IsOnEveryPath(statement, exit) && MayGoOnTo(statement, exit, model));

    /// <summary>Whether two functions have a statement in common.</summary>
    public static bool Shared(SyntaxNode left, SyntaxNode right) => StatementsOf(left).Intersect(StatementsOf(right)).Any();

    private static IEnumerable<string> StatementsOf(SyntaxNode function) =>
        ExpressionBody.Of(function) is { } body ? [body.Expression + ";"] : FunctionBody.OwnNodes(function).OfType<ExpressionStatementSyntax>().Select(statement => statement.ToString());

    private static bool IsOnEveryPath(StatementSyntax statement, SyntaxNode exit) => statement.Parent is BlockSyntax block && block.Span.Contains(exit.Span);

    private static bool MayGoOnTo(StatementSyntax statement, SyntaxNode exit, SemanticModel model) =>
        statement.Ancestors().TakeWhile(node => !node.Span.Contains(exit.Span)).All(node => node switch
        {
            BlockSyntax block => IsLeft(model.AnalyzeControlFlow(block)),
            SwitchSectionSyntax { Statements: [var first, .., var last] } => IsLeft(model.AnalyzeControlFlow(first, last)),
            _ => true,
        });

    /// <summary>Whether the function goes on after the statements, by their end or by a jump.</summary>
    private static bool IsLeft(ControlFlowAnalysis? flow) =>
        flow is not { Succeeded: true, EndPointIsReachable: false } || flow.ExitPoints.Any(jump => jump is not ReturnStatementSyntax);
}
