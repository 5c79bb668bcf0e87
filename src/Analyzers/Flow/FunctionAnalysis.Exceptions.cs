using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>Exceptions, filters and finally regions.</summary>
internal sealed partial class FunctionAnalysis
{
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
        for (ControlFlowRegion? inner = region, outer = region.EnclosingRegion; inner is not null and not { Kind: ControlFlowRegionKind.Root }; inner = outer, outer = outer?.EnclosingRegion)
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
            // Whoever writes a handler expects the exception: the path through it is as certain as any other.
            Arrive(_graph.Blocks[handler.FirstBlockOrdinal], state with { AfterUnseenThrow = false, ThrownByCallee = false }, null);
            if (handler.Kind == ControlFlowRegionKind.Catch
                && handler.ExceptionType is null or { SpecialType: SpecialType.System_Object } or { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return false;
    }
}
