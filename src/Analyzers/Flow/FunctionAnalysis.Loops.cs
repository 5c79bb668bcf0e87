using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>Loops: what comes round is joined to what came in.</summary>
internal sealed partial class FunctionAnalysis
{
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
                JoinToEntry(header, entries[disjunct], disjunct, DropOverwrittenResults(_ledger.EndRound(state, LoopOf(header))));
            }
            else
            {
                _ = _ledger.EndRound(state, LoopOf(header));
            }

            return;
        }

        EnterLoop(header, entries, state);
    }

    private void EnterLoop(BasicBlock header, List<LoopEntry> entries, State state)
    {
        var known = FindEntry(entries, state);
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
        else if (!entries[known].Entering.Equals(state) && JoinToEntry(header, entries[known], known, state))
        {
            return;
        }
        else if (entries[known].WasRun == _isSettled)
        {
            return;
        }

        entries[known].WasRun = _isSettled;
        Enqueue(header, entries[known].Joined with { Trail = state.Trail });
    }

    /// <summary>The entry that the state came in by, or one that differs from it in nothing that decides about units; when there are many, one that holds the same units.</summary>
    private int FindEntry(List<LoopEntry> entries, State state)
    {
        var same = entries.FindIndex(entry => entry.Entering.Equals(state));
        if (same >= 0 || entries.Count < Budget.IndifferentDisjunctsPerBlock)
        {
            return same;
        }

        var like = entries.FindIndex(entry => DiffersIndifferently(entry.Entering, state));
        return like >= 0 || entries.Count < Budget.ExactDisjunctsPerBlock ? like : entries.FindIndex(entry => entry.Entering.HoldsSameUnits(state));
    }

    /// <summary>Says whether the entry has to be run again.</summary>
    private bool JoinToEntry(BasicBlock header, LoopEntry entry, int disjunct, State state)
    {
        var next = state with { LoopDisjuncts = entry.Joined.LoopDisjuncts };
        var joined = JoinAt(header, $"loop{disjunct}", entry.Joined, next, widen: true);
        if (joined.Equals(entry.Joined))
        {
            return false;
        }

        entry.Joined = joined;
        entry.WasRun = _isSettled;
        Enqueue(header, joined);
        return true;
    }

    /// <summary>The state without what tells apart the ways into loops that the block is not in.</summary>
    private State LeaveLoops(BasicBlock block, State state)
    {
        foreach (var disjunct in state.LoopDisjuncts)
        {
            if (!_loops.IsInside(block, disjunct.Key))
            {
                state = state with { LoopDisjuncts = state.LoopDisjuncts.Remove(disjunct.Key) };
            }
        }

        return state;
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

    /// <summary>The source of the loop, for what is said of the end of its round.</summary>
    private SyntaxNode LoopOf(BasicBlock header) =>
        (header.BranchValue?.Syntax ?? header.Operations.FirstOrDefault()?.Syntax)?.AncestorsAndSelf()
            .FirstOrDefault(static node => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
        ?? _graph.OriginalOperation.Syntax;
}
