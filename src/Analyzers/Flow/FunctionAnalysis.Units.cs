using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>What happens to units where paths meet, regions end and the function is left.</summary>
internal sealed partial class FunctionAnalysis
{
    private void NoteMisuse(Misuse misuse)
    {
        var isBelievable = !misuse.State.IsMerged && (!misuse.State.AfterUnseenThrow || misuse.Kind == MisuseKind.ReleasedAfterThrow);
        if (isBelievable && !_misuses.Any(known => known.Kind == misuse.Kind && known.Site == misuse.Site && known.Key.Equals(misuse.Key)))
        {
            _misuses.Add(misuse);
        }
    }

    /// <summary>Exceptions from many places reach one handler: those that left the same units held are one path.</summary>
    private void ArriveByException(BasicBlock handler, State state)
    {
        var seen = _seen[handler.Ordinal] ??= [];
        if (seen.Contains(state) || BlurInto(handler, seen, state))
        {
            return;
        }

        if (seen.Count < Budget.DisjunctsPerBlock)
        {
            seen.Add(state);
            Enqueue(handler, state);
        }
    }

    /// <summary>Joins the state to one from which it differs in nothing that decides about units. What is forgotten no count depends on.</summary>
    private bool JoinIndifferent(BasicBlock block, List<State> seen, State state)
    {
        var like = seen.FindIndex(known => DiffersIndifferently(known, state));
        if (like < 0)
        {
            return false;
        }

        var joined = JoinAt(block, "met", seen[like], state, widen: false);
        if (!joined.Equals(seen[like]))
        {
            seen[like] = joined;
            Enqueue(block, joined);
        }

        return true;
    }

    private bool DiffersIndifferently(State known, State state) => _decisions is not null && known.HoldsSameUnits(state) && _decisions.Agree(known, state);

    /// <summary>Joins the state to one that holds the same units, if there is one; what differs besides is remembered as blurred.</summary>
    private bool BlurInto(BasicBlock block, List<State> seen, State state)
    {
        var like = seen.FindIndex(known => known.HoldsSameUnits(state));
        if (like < 0)
        {
            return false;
        }

        var joined = StateJoin.Blur(seen[like], state, JoinAt(block, "blurred", seen[like], state, widen: false));
        if (!joined.Equals(seen[like]))
        {
            seen[like] = joined;
            Enqueue(block, joined);
        }

        return true;
    }

    /// <summary>An operation with several outcomes multiplies the paths through its block: those that hold the same units are joined before they become too many.</summary>
    private ImmutableArray<State> Reduce(BasicBlock block, ImmutableArray<State> states)
    {
        if (states.Length <= Budget.ExactDisjunctsPerBlock)
        {
            return states;
        }

        var reduced = new List<State>();
        foreach (var state in states)
        {
            var like = reduced.FindIndex(known => known.HoldsSameUnits(state));
            if (like >= 0)
            {
                reduced[like] = StateJoin.Blur(reduced[like], state, JoinAt(block, "reduced", reduced[like], state, widen: false));
            }
            else if (reduced.Count < Budget.DisjunctsPerBlock)
            {
                reduced.Add(state);
            }
            else
            {
                reduced[0] = JoinAt(block, "reduced", reduced[0], state, widen: false) with { IsMerged = true };
            }
        }

        return [.. reduced];
    }

    /// <summary>Ways out that hold the same units are one to callers: those by exception always, those by return when there are many.</summary>
    private bool BlurIntoExit(Exit exit)
    {
        if (!exit.Throws && _exits.Count(known => !known.Throws) < Budget.ExactExits)
        {
            return false;
        }

        var like = _exits.FindIndex(known => known.Throws == exit.Throws && known.Final.HoldsSameUnits(exit.Final));
        if (like < 0)
        {
            if (_exits.Count < Budget.Exits)
            {
                return false;
            }

            like = _exits.FindIndex(known => known.Throws == exit.Throws);
        }

        if (like >= 0)
        {
            var join = new StateJoin(_graph.OriginalOperation.Syntax, "exit");
            var isSame = _exits[like].Final.HoldsSameUnits(exit.Final);
            var joined = StateJoin.Blur(_exits[like].Final, exit.Final, join.Join(_exits[like].Final, exit.Final, widen: false));
            _exits[like] = _exits[like] with { Final = isSame ? joined : joined with { IsMerged = true }, GivenAway = _exits[like].GivenAway.Union(exit.GivenAway) };
        }

        return like >= 0;
    }

    /// <summary>Whether the condition asks about something that a meeting of paths has forgotten: then the path may be none.</summary>
    private bool IsBlurred(State state, Term condition) =>
        !state.Blurred.IsEmpty
        && condition.Any(part => state.Blurred.Contains(part) || (part.Kind == TermKind.Member && ReferenceEquals(part.Site, _graph.OriginalOperation.Syntax)));

    /// <summary>What is returned, or left in a parameter by reference, belongs to the caller.</summary>
    private State GiveToCaller(State state, bool throws)
    {
        if (!throws && state.ReturnValue is { } returned)
        {
            _ledger.Touch(state, returned, state.ReturnSite ?? _graph.OriginalOperation.Syntax);
            state = Escape.Of(state, returned);
        }

        foreach (var variable in state.Variables)
        {
            if (variable.Key is IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref })
            {
                state = Escape.Of(state, variable.Value);
            }
        }

        return state;
    }
}
