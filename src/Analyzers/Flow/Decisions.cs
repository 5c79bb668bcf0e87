using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.Flow;

/// <summary>
/// The names of a function on which it depends whether something is counted: those in conditions around what counts, those that what counts assigns, and those that they are
/// computed from. Paths that agree in them and hold the same units go on as one.
/// </summary>
/// <remarks>As in property simulation (Das, Lerner and Seigle, "ESP", 2002), with the decisive facts kept beside the property.</remarks>
internal sealed class Decisions
{
    private readonly HashSet<string> _names = [];
    private readonly List<(string Target, SyntaxNode Source)> _assignments = [];

    private Decisions()
    {
    }

    /// <param name="counts">Whether something in the node may count.</param>
    public static Decisions In(SyntaxNode function, Func<SyntaxNode, bool> counts)
    {
        var decisions = new Decisions();
        foreach (var node in function.DescendantNodes())
        {
            decisions.Look(node, counts);
        }

        decisions.Close();
        return decisions;
    }

    /// <summary>Whether two paths know the same of all that decides.</summary>
    public bool Agree(State left, State right) => KnownAlike(left, right) && KnownAlike(right, left);

    private bool KnownAlike(State state, State other)
    {
        foreach (var variable in state.Variables)
        {
            if (_names.Contains(variable.Key.Name) && !(other.Variables.TryGetValue(variable.Key, out var value) && value.Equals(variable.Value)))
            {
                return false;
            }
        }

        foreach (var written in state.Heap)
        {
            if (IsNamed(written.Key) && !(other.Heap.TryGetValue(written.Key, out var value) && value.Equals(written.Value)))
            {
                return false;
            }
        }

        foreach (var fact in state.Facts)
        {
            if (!(other.Facts.TryGetValue(fact.Key, out var known) && known.Equals(fact.Value)) && (IsNamed(fact.Key) || IsHeldByNamed(state, fact.Key)))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsNamed(Term term) => term.Any(part => part.Symbol is { } symbol && _names.Contains(symbol.Name));

    private bool IsHeldByNamed(State state, Term term)
    {
        foreach (var variable in state.Variables)
        {
            if (_names.Contains(variable.Key.Name) && term.Any(variable.Value.Equals))
            {
                return true;
            }
        }

        return false;
    }

    private void Look(SyntaxNode node, Func<SyntaxNode, bool> counts)
    {
        foreach (var (condition, decided) in Decided(node))
        {
            if (condition is not null && decided is not null && counts(decided))
            {
                AddNames(condition);
            }
        }

        switch (node)
        {
            case VariableDeclaratorSyntax { Initializer.Value: var value } declarator:
                Assign(declarator.Identifier.ValueText, value, counts);
                break;
            case AssignmentExpressionSyntax assignment:
                foreach (var name in NamesIn(assignment.Left))
                {
                    Assign(name, assignment.Right, counts);
                }

                break;
            case IsPatternExpressionSyntax { Pattern: var pattern } test:
                foreach (var designation in pattern.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>())
                {
                    Assign(designation.Identifier.ValueText, test.Expression, counts);
                }

                break;
            case InvocationExpressionSyntax { ArgumentList: var arguments } call:
                LookAtArguments(call, arguments, counts);
                break;
            case BaseObjectCreationExpressionSyntax { ArgumentList: { } arguments } creation:
                LookAtArguments(creation, arguments, counts);
                break;
        }
    }

    private static IEnumerable<(SyntaxNode? Condition, SyntaxNode? Decided)> Decided(SyntaxNode node) => node switch
    {
        IfStatementSyntax branch => [(branch.Condition, branch.Statement), (branch.Condition, branch.Else)],
        WhileStatementSyntax loop => [(loop.Condition, loop.Statement)],
        DoStatementSyntax loop => [(loop.Condition, loop.Statement)],
        ForStatementSyntax loop => [(loop.Condition, loop.Statement)],
        CommonForEachStatementSyntax loop => [(loop.Expression, loop.Statement)],
        ConditionalExpressionSyntax choice => [(choice.Condition, choice.WhenTrue), (choice.Condition, choice.WhenFalse)],
        ConditionalAccessExpressionSyntax access => [(access.Expression, access.WhenNotNull)],
        BinaryExpressionSyntax binary when binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression => [(binary.Left, binary.Right)],
        AssignmentExpressionSyntax assignment when assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) => [(assignment.Left, assignment.Right)],
        SwitchStatementSyntax choice => choice.Sections.Select(section => ((SyntaxNode?)choice.Expression, (SyntaxNode?)section)),
        SwitchSectionSyntax section => section.Labels.Select(label => ((SyntaxNode?)label, (SyntaxNode?)section)),
        SwitchExpressionSyntax choice => choice.Arms.Select(arm => ((SyntaxNode?)choice.GoverningExpression, (SyntaxNode?)arm.Expression)),
        SwitchExpressionArmSyntax arm => [(arm.Pattern, arm.Expression), (arm.WhenClause, arm.Expression)],
        CatchClauseSyntax handler => [(handler.Filter, handler.Block)],
        _ => [],
    };

    /// <summary>What a call leaves in an argument it computed from the others.</summary>
    private void LookAtArguments(ExpressionSyntax call, ArgumentListSyntax arguments, Func<SyntaxNode, bool> counts)
    {
        foreach (var argument in arguments.Arguments.Where(static argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None)))
        {
            foreach (var name in NamesIn(argument.Expression))
            {
                Assign(name, call, counts);
            }
        }
    }

    private void Assign(string target, SyntaxNode source, Func<SyntaxNode, bool> counts)
    {
        _assignments.Add((target, source));
        if (counts(source))
        {
            _names.Add(target);
        }
    }

    private void Close()
    {
        for (var changed = true; changed;)
        {
            changed = false;
            for (var index = _assignments.Count - 1; index >= 0; index--)
            {
                var (target, source) = _assignments[index];
                if (_names.Contains(target))
                {
                    _assignments.RemoveAt(index);
                    AddNames(source);
                    changed = true;
                }
            }
        }
    }

    private void AddNames(SyntaxNode node) => _names.UnionWith(NamesIn(node));

    private static IEnumerable<string> NamesIn(SyntaxNode node) => node.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText);
}
