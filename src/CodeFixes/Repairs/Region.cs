using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>The statements that run while a unit is held: those of a block from an index on.</summary>
internal sealed record Region(BlockSyntax Block, int Start)
{
    /// <param name="unit">What is held.</param>
    /// <param name="exit">A way out that loses the unit, so that it is held there.</param>
    public static Region? Of(TakenUnit unit, SyntaxToken? exit = null) => unit.Statement switch
    {
        IfStatementSyntax { Statement: BlockSyntax body, Condition: var condition } when condition == unit.Acquire.Syntax => new(body, 0),
        { Parent: BlockSyntax block } statement => new(block, FirstHeld(block, statement, unit.Holder, exit)),
        _ => null,
    };

    /// <summary>Behind the acquire, and behind tests that leave the function when nothing was taken.</summary>
    private static int FirstHeld(BlockSyntax block, StatementSyntax acquire, string holder, SyntaxToken? exit)
    {
        var index = block.Statements.IndexOf(acquire) + 1;
        while (index < block.Statements.Count && block.Statements[index] is IfStatementSyntax { Else: null } test && Leaves(test.Statement) && !(exit is { } losing && test.Span.Contains(losing.Span))
            && test.Condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == holder)
            && !test.Condition.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax))
        {
            index++;
        }

        return index;
    }

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: [.., var last] } => Leaves(last),
        _ => statement is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax,
    };
}
