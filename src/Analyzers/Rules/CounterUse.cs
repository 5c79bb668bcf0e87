using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>Tells counters of things that come and go from statistics, which only ever grow.</summary>
internal static class CounterUse
{
    /// <summary>Whether the type that declares the field somewhere adds to it and somewhere takes from it.</summary>
    public static bool IsCountedBothWays(Term counter, Functions functions, CancellationToken cancellation)
    {
        if (counter.Symbol?.ContainingType is not { } type)
        {
            return false;
        }

        var (up, down) = (false, false);
        foreach (var node in type.DeclaringSyntaxReferences.SelectMany(reference => reference.GetSyntax(cancellation).DescendantNodes()))
        {
            if (UnitsOf(node, counter.Symbol, functions, cancellation) is { } units)
            {
                up |= units > 0;
                down |= units < 0;
            }
        }

        return up && down;
    }

    private static int? UnitsOf(SyntaxNode node, ISymbol counter, Functions functions, CancellationToken cancellation)
    {
        switch (node)
        {
            case PostfixUnaryExpressionSyntax { Operand: var operand } postfix when Denotes(operand, counter, functions, cancellation):
                return postfix.IsKind(SyntaxKind.PostIncrementExpression) ? 1 : postfix.IsKind(SyntaxKind.PostDecrementExpression) ? -1 : null;
            case PrefixUnaryExpressionSyntax { Operand: var operand } prefix when Denotes(operand, counter, functions, cancellation):
                return prefix.IsKind(SyntaxKind.PreIncrementExpression) ? 1 : prefix.IsKind(SyntaxKind.PreDecrementExpression) ? -1 : null;
            case AssignmentExpressionSyntax { Left: var target } assignment when Denotes(target, counter, functions, cancellation):
                return assignment.Kind() switch
                {
                    SyntaxKind.AddAssignmentExpression => 1,
                    SyntaxKind.SubtractAssignmentExpression => -1,
                    SyntaxKind.SimpleAssignmentExpression when assignment.Right is BinaryExpressionSyntax { Left: var left } sum && Denotes(left, counter, functions, cancellation) =>
                        sum.IsKind(SyntaxKind.AddExpression) ? 1 : sum.IsKind(SyntaxKind.SubtractExpression) ? -1 : null,
                    _ => null,
                };
            case InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var first }, ..] arguments } call when Denotes(first, counter, functions, cancellation)
                && functions.Graphs.ModelOf(node.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method:
                var addend = arguments.Count > 1 ? functions.Graphs.ModelOf(node.SyntaxTree).GetConstantValue(arguments[1].Expression, cancellation).Value : null;
                return AtomicCounters.Units(method, addend is int number ? number : null);
            default:
                return null;
        }
    }

    private static bool Denotes(ExpressionSyntax expression, ISymbol counter, Functions functions, CancellationToken cancellation)
    {
        var name = expression switch
        {
            IdentifierNameSyntax identifier => identifier,
            MemberAccessExpressionSyntax member => member.Name,
            _ => null,
        };
        return name?.Identifier.ValueText == counter.Name
            && SymbolEqualityComparer.Default.Equals(functions.Graphs.ModelOf(expression.SyntaxTree).GetSymbolInfo(expression, cancellation).Symbol, counter);
    }
}
