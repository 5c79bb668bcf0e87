using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>
/// Runs one control-flow graph to its fixpoint: a worklist of pairs of block and state, with states kept apart per block up to a
/// budget, joined at the headers of loops. When the loops have come to rest, a second pass over their final states collects the exits, so
/// that no exit speaks of the first rounds alone.
/// </summary>
internal sealed class FunctionAnalysis
{
    private readonly ControlFlowGraph _graph;
    private readonly CallStack _callers;
    private readonly Loops _loops;
    private readonly Evaluator _evaluator;
    private readonly SortedDictionary<int, Queue<State>> _work = [];
    private readonly List<State>[] _seen;
    private readonly Dictionary<int, List<LoopEntry>> _entries = [];
    private readonly List<Exit> _exits = [];
    private readonly Dictionary<SyntaxNode, IgnoredResult> _ignored = [];
    private bool _isSettled;
    private int _steps;

    public FunctionAnalysis(Functions functions, IMethodSymbol function, ControlFlowGraph graph, CallStack callers)
    {
        _graph = graph;
        _callers = callers;
        _loops = new Loops(graph);
        _seen = new List<State>[graph.Blocks.Length];
        _evaluator = new Evaluator(functions, function, callers, onLost: ResultLost);
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
            Array.Clear(_seen, 0, _seen.Length);
            if (!RunToRest())
            {
                return FunctionResult.Unknown;
            }
        }

        return new FunctionResult(SummaryExits(), [.. _ignored.Values.OrderBy(ignored => ignored.Call.SpanStart)], isUnknown: false);
    }

    /// <summary>Works until nothing is left to do; says whether the budget sufficed.</summary>
    private bool RunToRest()
    {
        Enqueue(_graph.Blocks[0], State.Entry);
        while (_work.Count > 0)
        {
            _callers.Cancellation.ThrowIfCancellationRequested();
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
        _evaluator.OnThrow = thrown => Throw(thrown, block.EnclosingRegion);
        var states = ImmutableArray.Create(state);
        foreach (var operation in block.Operations)
        {
            states = _evaluator.Execute(operation, states);
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
                Throw(state, block.EnclosingRegion);
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

    /// <summary>The end of a finally goes on with what was pending; the end of a filter that said no goes on outwards.</summary>
    private void LeaveHandlerOrFinally(BasicBlock block, State state)
    {
        if (InnermostHandler(block.EnclosingRegion)?.Kind != ControlFlowRegionKind.Finally || state.Pending.IsEmpty)
        {
            Throw(state, block.EnclosingRegion);
            return;
        }

        var pending = state.Pending[state.Pending.Count - 1];
        var rest = state with { Pending = state.Pending.RemoveAt(state.Pending.Count - 1) };
        if (!pending.Remaining.IsEmpty)
        {
            EnterFinally(rest, pending, block);
        }
        else if (pending.Destination is { } destination)
        {
            Arrive(destination, rest, block);
        }
        else if (pending.Propagating is { } region)
        {
            ThrowFrom(rest, region);
        }
    }

    private void EnterFinally(State state, Continuation continuation, BasicBlock from)
    {
        var region = continuation.Remaining[0];
        var pending = continuation with { Remaining = continuation.Remaining.RemoveAt(0) };
        Arrive(_graph.Blocks[region.FirstBlockOrdinal], state with { Pending = state.Pending.Add(pending) }, from);
    }

    private static ControlFlowRegion? InnermostHandler(ControlFlowRegion? region)
    {
        while (region is not null && region.Kind is not (ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter))
        {
            region = region.EnclosingRegion;
        }

        return region;
    }

    private void Throw(State state, ControlFlowRegion? region)
    {
        if (region is not null)
        {
            ThrowFrom(state, region);
        }
    }

    /// <summary>An exception in <paramref name="region"/> goes to the handlers around it, through finally blocks, or out of the function.</summary>
    private void ThrowFrom(State state, ControlFlowRegion region)
    {
        for (ControlFlowRegion? inner = region, outer = region.EnclosingRegion; inner is not null; inner = outer, outer = outer?.EnclosingRegion)
        {
            if (inner.Kind == ControlFlowRegionKind.Finally && !state.Pending.IsEmpty)
            {
                state = state with { Pending = state.Pending.RemoveAt(state.Pending.Count - 1) };
            }

            if (inner.Kind != ControlFlowRegionKind.Try || outer is null)
            {
                continue;
            }

            if (outer.Kind == ControlFlowRegionKind.TryAndFinally)
            {
                var handler = outer.NestedRegions.First(nested => nested.Kind == ControlFlowRegionKind.Finally);
                Arrive(_graph.Blocks[handler.FirstBlockOrdinal], state with { Pending = state.Pending.Add(new Continuation([], null, outer)) }, null);
                return;
            }

            if (EnterCatches(state, outer))
            {
                return;
            }
        }

        AddExit(state, throws: true);
    }

    /// <summary>Enters every handler of the region; says whether one of them surely catches.</summary>
    private bool EnterCatches(State state, ControlFlowRegion tryAndCatch)
    {
        foreach (var handler in tryAndCatch.NestedRegions.Where(nested => nested.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler))
        {
            Arrive(_graph.Blocks[handler.FirstBlockOrdinal], state, null);
            if (handler.Kind == ControlFlowRegionKind.Catch
                && handler.ExceptionType is null or { SpecialType: SpecialType.System_Object } or { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return false;
    }

    private void Arrive(BasicBlock block, State state, BasicBlock? from)
    {
        if (block.Kind == BasicBlockKind.Exit)
        {
            Enqueue(block, state);
            return;
        }

        if (_loops.IsHeader(block))
        {
            ArriveAtLoop(block, state, isBack: from is not null && from.Ordinal >= block.Ordinal);
            return;
        }

        var seen = _seen[block.Ordinal] ??= [];
        if (seen.Contains(state))
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

    /// <summary>What comes round a loop is joined to the disjunct of the header that it came from, so that the loop comes to rest.</summary>
    private void ArriveAtLoop(BasicBlock header, State state, bool isBack)
    {
        if (!_entries.TryGetValue(header.Ordinal, out var entries))
        {
            _entries[header.Ordinal] = entries = [];
        }

        if (isBack && state.LoopDisjuncts.TryGetValue(header.Ordinal, out var disjunct))
        {
            if (!_isSettled)
            {
                JoinToEntry(header, entries[disjunct], disjunct, DropOverwrittenResults(state));
            }

            return;
        }

        EnterLoop(header, entries, state);
    }

    private void EnterLoop(BasicBlock header, List<LoopEntry> entries, State state)
    {
        var known = entries.FindIndex(entry => entry.Entering.Equals(state));
        if (known < 0 && entries.Count >= Budget.DisjunctsPerBlock)
        {
            JoinToEntry(header, entries[0], 0, state with { IsMerged = true });
            return;
        }

        if (known < 0)
        {
            known = entries.Count;
            entries.Add(new LoopEntry(state) { Joined = state with { LoopDisjuncts = state.LoopDisjuncts.SetItem(header.Ordinal, known) } });
        }
        else if (entries[known].WasRun == _isSettled)
        {
            return;
        }

        entries[known].WasRun = _isSettled;
        Enqueue(header, entries[known].Joined with { Trail = state.Trail });
    }

    private void JoinToEntry(BasicBlock header, LoopEntry entry, int disjunct, State state)
    {
        var joined = JoinAt(header, $"loop{disjunct}", entry.Joined, state, widen: true);
        if (!joined.Equals(entry.Joined))
        {
            entry.Joined = joined;
            Enqueue(header, joined);
        }
    }

    /// <summary>One way into a loop, with the join of all rounds that began there.</summary>
    private sealed class LoopEntry(State entering)
    {
        public State Entering { get; } = entering;

        public State Joined { get; set; } = entering;

        /// <summary>Whether the entry was run in the pass in which the loops are at rest.</summary>
        public bool WasRun { get; set; }
    }

    /// <summary>A result that an earlier round left in a variable is lost when the variable no longer holds it.</summary>
    private State DropOverwrittenResults(State state)
    {
        foreach (var pair in state.Unchecked.Where(pair => StateJoin.IsJoined(pair.Key) && !state.Variables.ContainsValue(pair.Key)))
        {
            if (state.IsCertain)
            {
                ResultLost(pair.Value, null);
            }

            state = state with { Unchecked = state.Unchecked.Remove(pair.Key) };
        }

        return state;
    }

    private State JoinAt(BasicBlock block, string label, State known, State next, bool widen) =>
        new StateJoin(_graph.OriginalOperation.Syntax, $"{label}@{block.Ordinal}").Join(known, next, widen);

    private void AddExit(State state, bool throws)
    {
        if (!throws)
        {
            foreach (var pair in state.Unchecked.Where(pair => !pair.Key.Equals(state.ReturnValue) && state.IsCertain))
            {
                ResultLost(pair.Value, state.ReturnSite);
            }
        }

        var exit = new Exit(state with { Captures = State.Entry.Captures, LoopDisjuncts = State.Entry.LoopDisjuncts, Pending = [] }, throws, state.ReturnSite);
        if (!_exits.Any(known => known.Throws == throws && known.Final.Equals(exit.Final)))
        {
            _exits.Add(exit);
        }
    }

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
