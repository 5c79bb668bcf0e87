using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>
/// Runs one control-flow graph to its fixpoint: a worklist of pairs of block and state, with states kept apart per block up to a
/// budget, joined at the headers of loops. When the loops have come to rest, a second pass over their final states collects the exits, so
/// that no exit speaks of the first rounds alone.
/// </summary>
internal sealed partial class FunctionAnalysis
{
    private readonly IMethodSymbol _function;
    private readonly ControlFlowGraph _graph;
    private readonly CallDepth _depth;
    private readonly Loops _loops;
    private readonly Evaluator _evaluator;
    private readonly SortedDictionary<int, Queue<State>> _work = [];
    private readonly List<State>[] _seen;
    private readonly Dictionary<int, List<LoopEntry>> _entries = [];
    private readonly List<Exit> _exits = [];
    private readonly Dictionary<SyntaxNode, IgnoredResult> _ignored = [];
    private readonly List<Misuse> _misuses = [];
    private readonly UnitLedger _ledger;
    private readonly Scopes _scopes;
    private readonly Decisions? _decisions;
    private bool _isSettled;
    private int _steps;

    public FunctionAnalysis(Functions functions, IMethodSymbol function, ControlFlowGraph graph, CallDepth depth)
    {
        _function = function;
        _graph = graph;
        _depth = depth;
        _loops = new Loops(graph);
        _seen = new List<State>[graph.Blocks.Length];
        _scopes = new Scopes(function);
        _decisions = functions.DecisionsIn(graph.OriginalOperation.Syntax);
        _ledger = new UnitLedger(functions.Protocols, NoteMisuse);
        _evaluator = new Evaluator(functions, function, depth, _ledger, onLost: ResultLost);
    }

    public FunctionResult Run()
    {
        if (!RunToRest())
        {
            return FunctionResult.Unknown;
        }

        if (_entries.Count > 0)
        {
            _isSettled = true;
            _exits.Clear();
            _misuses.Clear();
            Array.Clear(_seen, 0, _seen.Length);
            if (!RunToRest())
            {
                return FunctionResult.Unknown;
            }
        }

        var exits = SummaryExits();
        return new FunctionResult(exits, [.. _ignored.Values.OrderBy(ignored => ignored.Call.SpanStart)], isUnknown: false)
        {
            Outcomes = Outcomes.Of(exits, _function, _graph.OriginalOperation.Syntax),
            Thrown = [.. _exits.Where(exit => exit.Throws)],
            Misuses = [.. _misuses],
        };
    }

    /// <summary>Works until nothing is left to do; says whether the budget sufficed.</summary>
    private bool RunToRest()
    {
        Enqueue(_graph.Blocks[0], State.Entry);
        while (_work.Count > 0)
        {
            _depth.Cancellation.ThrowIfCancellationRequested();
            if (++_steps > Budget.StepsPerFunction)
            {
                return false;
            }

            var (block, state) = Dequeue();
            Execute(block, state);
        }

        return true;
    }

    private (BasicBlock Block, State State) Dequeue()
    {
        var first = _work.First();
        var state = first.Value.Dequeue();
        if (first.Value.Count == 0)
        {
            _work.Remove(first.Key);
        }

        return (_graph.Blocks[first.Key], state);
    }

    private void Enqueue(BasicBlock block, State state)
    {
        if (!_work.TryGetValue(block.Ordinal, out var queue))
        {
            _work[block.Ordinal] = queue = new Queue<State>();
        }

        queue.Enqueue(state);
    }

    private void Execute(BasicBlock block, State state)
    {
        if (block.Kind == BasicBlockKind.Exit)
        {
            AddExit(state, throws: false);
            return;
        }

        _evaluator.InLoop = _loops.Contains(block);
        _evaluator.OnThrow = (thrown, site) => Throw(thrown with { ThrowSite = site }, block.EnclosingRegion);
        var states = ImmutableArray.Create(state);
        foreach (var operation in block.Operations)
        {
            states = Reduce(block, _evaluator.Execute(operation, states));
        }

        foreach (var after in states)
        {
            Leave(block, after);
        }
    }

    private void Leave(BasicBlock block, State state)
    {
        if (block.BranchValue is not { } branchValue)
        {
            Follow(block, block.FallThroughSuccessor, state);
            return;
        }

        foreach (var (after, value) in _evaluator.EvaluateBranch(branchValue, state, isCondition: block.ConditionalSuccessor is not null))
        {
            if (block.ConditionalSuccessor is { } conditional)
            {
                var jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
                FollowIf(block, conditional, after, value, jumpsWhen, branchValue);
                FollowIf(block, block.FallThroughSuccessor, after, value, !jumpsWhen, branchValue);
            }
            else
            {
                var leaving = block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return
                    ? after with { ReturnValue = value, ReturnSite = branchValue.Syntax }
                    : after;
                Follow(block, block.FallThroughSuccessor, leaving);
            }
        }
    }

    private void FollowIf(BasicBlock block, ControlFlowBranch? branch, State state, Term condition, bool value, IOperation source)
    {
        if (Conditions.Assume(state, condition, value) is { } taken)
        {
            taken = IsBlurred(state, condition) ? taken with { IsMerged = true } : taken;
            Follow(block, branch, condition.Kind == TermKind.Constant ? taken : taken.AddStep(KindOf(source, value), source.Syntax));
        }
    }

    private static TrailKind KindOf(IOperation condition, bool value) => (condition, value) switch
    {
        (IIsNullOperation, true) => TrailKind.FoundNull,
        (IIsNullOperation, false) => TrailKind.FoundNotNull,
        (_, true) => TrailKind.ConditionTrue,
        _ => TrailKind.ConditionFalse,
    };

    private void Follow(BasicBlock block, ControlFlowBranch? branch, State state)
    {
        switch (branch?.Semantics)
        {
            case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                Throw(branch.Semantics == ControlFlowBranchSemantics.Throw ? state with { ThrowSite = block.BranchValue?.Syntax } : state, block.EnclosingRegion);
                break;
            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                LeaveHandlerOrFinally(block, state);
                break;
            case ControlFlowBranchSemantics.Regular or ControlFlowBranchSemantics.Return when branch.Destination is { } destination:
                if (branch.FinallyRegions.IsEmpty)
                {
                    Arrive(destination, state, block);
                }
                else
                {
                    EnterFinally(state, new Continuation(branch.FinallyRegions, destination, null), block);
                }

                break;
        }
    }

    private void Arrive(BasicBlock block, State state, BasicBlock? from)
    {
        if (block.Kind == BasicBlockKind.Exit)
        {
            Enqueue(block, state);
            return;
        }

        if (from?.EnclosingRegion != block.EnclosingRegion)
        {
            state = _scopes.Enter(block, state);
        }

        state = LeaveLoops(block, state);

        if (from is null)
        {
            ArriveByException(block, state);
            return;
        }

        if (_loops.IsHeader(block))
        {
            ArriveAtLoop(block, state, isBack: from.Ordinal >= block.Ordinal);
            return;
        }

        var seen = _seen[block.Ordinal] ??= [];
        if (seen.Contains(state))
        {
            return;
        }

        if ((seen.Count >= Budget.IndifferentDisjunctsPerBlock && JoinIndifferent(block, seen, state)) || (seen.Count >= Budget.ExactDisjunctsPerBlock && BlurInto(block, seen, state)))
        {
            return;
        }

        if (seen.Count < Budget.DisjunctsPerBlock)
        {
            seen.Add(state);
            Enqueue(block, state);
            return;
        }

        var joined = JoinAt(block, "merged", seen[0], state, widen: true) with { IsMerged = true };
        if (!joined.Equals(seen[0]))
        {
            seen[0] = joined;
            Enqueue(block, joined);
        }
    }

    private State JoinAt(BasicBlock block, string label, State known, State next, bool widen) =>
        new StateJoin(_graph.OriginalOperation.Syntax, $"{label}@{block.Ordinal}").Join(known, next, widen);

    private void AddExit(State state, bool throws)
    {
        if (!throws && state.IsCertain && !SaysFailure(state))
        {
            foreach (var pair in state.ReturnValue is { } returned ? state.HandOn(returned).Unchecked : state.Unchecked)
            {
                ResultLost(pair.Value, state.ReturnSite);
            }
        }

        var givenAway = state.Escaped;
        state = GiveToCaller(state, throws);
        var exit = new Exit(state with { Captures = State.Entry.Captures, LoopDisjuncts = State.Entry.LoopDisjuncts, Pending = [] }, throws, state.ReturnSite) { GivenAway = givenAway };
        if (!_exits.Any(known => known.Throws == throws && known.Final.Equals(exit.Final)) && !BlurIntoExit(exit))
        {
            _exits.Add(exit);
        }
    }

    /// <summary>Whether the function tells its caller that it failed: then how one of its steps went does not matter any more.</summary>
    private bool SaysFailure(State state) => state.ReturnValue is { } returned && _function.ReturnType switch
    {
        { SpecialType: SpecialType.System_Boolean } => state.IsKnownToBe(returned, Term.False),
        { TypeKind: TypeKind.Enum } or { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } => state.IsKnownNotToBe(returned, Term.Constant(0)),
        { IsReferenceType: true } => state.IsKnownToBe(returned, Term.Null),
        _ => false,
    };

    private void ResultLost(SyntaxNode call, SyntaxNode? lostAt)
    {
        if (!_ignored.ContainsKey(call))
        {
            _ignored.Add(call, new IgnoredResult(call, lostAt));
        }
    }

    /// <summary>All exits by which the function returns; those by exception as one, or two if some are doubtful, since callers only ask what was counted.</summary>
    private ImmutableArray<Exit> SummaryExits()
    {
        var join = new StateJoin(_graph.OriginalOperation.Syntax, "thrown");
        var thrown = _exits.Where(exit => exit.Throws)
            .GroupBy(exit => exit.Final.AfterUnseenThrow)
            .Select(group => group.Select(exit => exit.Final).Aggregate((left, right) => join.Join(left, right, widen: false)));
        return [.. _exits.Where(exit => !exit.Throws), .. thrown.Select(final => new Exit(final, Throws: true, null))];
    }
}
