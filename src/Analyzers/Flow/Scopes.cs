using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>Which locals and captures of the function live at each block: the others have ended, and what they held with them.</summary>
internal sealed class Scopes(IMethodSymbol function)
{
    private readonly Dictionary<ControlFlowRegion, (HashSet<ISymbol> Locals, HashSet<CaptureId> Captures)> _living = [];

    /// <summary>The state without what does not live at the block.</summary>
    public State Enter(BasicBlock block, State state)
    {
        var (locals, captures) = LivingIn(block.EnclosingRegion);
        var ended = state.Variables.Keys.Where(variable => variable is ILocalSymbol && !locals.Contains(variable) && SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, function)).ToArray();
        var released = state.Captures.Keys.Where(capture => !captures.Contains(capture)).ToArray();
        return ended.Length + released.Length == 0
            ? state
            : state with { Variables = state.Variables.RemoveRange(ended), Captures = state.Captures.RemoveRange(released) };
    }

    private (HashSet<ISymbol> Locals, HashSet<CaptureId> Captures) LivingIn(ControlFlowRegion region)
    {
        if (_living.TryGetValue(region, out var living))
        {
            return living;
        }

        living = (new(SymbolEqualityComparer.Default), []);
        for (var current = region; current is not null; current = current.EnclosingRegion)
        {
            living.Locals.UnionWith(current.Locals);
            living.Captures.UnionWith(current.CaptureIds);
        }

        return _living[region] = living;
    }
}
