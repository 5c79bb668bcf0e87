using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.Callbacks;

/// <summary>Finds assignments, calls and creations by name over all files of the compilation, without binding anything.</summary>
internal sealed class SourceIndex(Compilation compilation)
{
    private readonly ConcurrentDictionary<string, ImmutableArray<AssignmentExpressionSyntax>> _assignments = new();
    private readonly ConcurrentDictionary<string, ImmutableArray<ExpressionSyntax>> _calls = new();

    /// <summary>All assignments, compound ones too, whose target ends in the name; those of object initializers among them.</summary>
    public ImmutableArray<AssignmentExpressionSyntax> AssignmentsTo(string name, CancellationToken cancellation) =>
        _assignments.GetOrAdd(name, wanted =>
        [
            .. NodesOf<AssignmentExpressionSyntax>(cancellation).Where(assignment => LastName(assignment.Left) == wanted),
        ]);

    /// <summary>All invocations of a method, or creations of a type, with the name; creations without a name count for every one.</summary>
    public ImmutableArray<ExpressionSyntax> CallsOf(string name, CancellationToken cancellation) =>
        _calls.GetOrAdd(name, wanted =>
        [
            .. NodesOf<ExpressionSyntax>(cancellation).Where(node => node switch
            {
                InvocationExpressionSyntax invocation => LastName(invocation.Expression) == wanted,
                ObjectCreationExpressionSyntax creation => LastName(creation.Type) == wanted,
                ImplicitObjectCreationExpressionSyntax => true,
                _ => false,
            }),
        ]);

    /// <summary>Whether the target holds the assigned value afterwards, rather than something made of both.</summary>
    public static bool Replaces(AssignmentExpressionSyntax assignment) =>
        assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) || assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression);

    /// <summary>All nodes of the kind, in the order of the files.</summary>
    public IEnumerable<TNode> NodesOf<TNode>(CancellationToken cancellation)
        where TNode : SyntaxNode
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
            {
                if (node is TNode wanted)
                {
                    yield return wanted;
                }
            }
        }
    }

    private static string? LastName(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax member => member.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        PostfixUnaryExpressionSyntax { Operand: var operand } => LastName(operand),
        ParenthesizedExpressionSyntax { Expression: var inner } => LastName(inner),
        _ => null,
    };
}
