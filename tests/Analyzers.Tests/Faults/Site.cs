using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>A place of a usage where a unit is taken or given back.</summary>
/// <param name="Call">The call, or the <c>using</c> that gives back at its end.</param>
/// <param name="Effect">What the protocol says of it.</param>
/// <param name="Member">The member that is called.</param>
/// <param name="Value">The variable, member, parameter or function that the counted value is known by, if any.</param>
internal sealed record Site(SyntaxNode Call, Effect Effect, IMethodSymbol Member, ISymbol? Value)
{
    public string Resource => Effect.Resource;

    /// <summary>The call is a statement of its own, or all of an expression body.</summary>
    public SyntaxNode? Whole
    {
        get
        {
            var node = Call;
            while (node.Parent is AwaitExpressionSyntax or ConditionalAccessExpressionSyntax or AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } })
                node = node.Parent;
            return node.Parent switch
            {
                ExpressionStatementSyntax statement => statement,
                ArrowExpressionClauseSyntax arrow => arrow,
                _ => null,
            };
        }
    }

    public StatementSyntax? Statement => Whole as StatementSyntax;

    /// <summary>The innermost function around the call.</summary>
    public SyntaxNode Function => FunctionOf(Call);

    /// <summary>The outermost statement of the finally block that the call stands in.</summary>
    public StatementSyntax? InFinally =>
        Call.Ancestors().TakeWhile(node => node != Function).OfType<StatementSyntax>().FirstOrDefault(static statement => statement.Parent?.Parent is FinallyClauseSyntax);

    /// <summary>The handler that the call stands in.</summary>
    public CatchClauseSyntax? Handler => Call.Ancestors().TakeWhile(node => node != Function).OfType<CatchClauseSyntax>().FirstOrDefault();

    public static SyntaxNode FunctionOf(SyntaxNode node) =>
        node.Ancestors().First(static ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or MemberDeclarationSyntax);
}
