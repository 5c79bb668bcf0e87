using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>The loops of a graph: a branch to a block that does not come later makes its destination a header, and all between them a loop.</summary>
internal sealed class Loops
{
    private readonly int[] _ends;
    private readonly bool[] _isInside;

    public Loops(ControlFlowGraph graph)
    {
        _ends = new int[graph.Blocks.Length];
        _isInside = new bool[graph.Blocks.Length];
        foreach (var block in graph.Blocks)
        {
            Add(block, block.FallThroughSuccessor);
            Add(block, block.ConditionalSuccessor);
        }
    }

    public bool IsHeader(BasicBlock block) => _ends[block.Ordinal] > 0;

    /// <summary>Whether the block is inside the loop of a header.</summary>
    public bool IsInside(BasicBlock block, int header) => block.Ordinal >= header && block.Ordinal <= _ends[header];

    public bool Contains(BasicBlock block) => _isInside[block.Ordinal];

    private void Add(BasicBlock source, ControlFlowBranch? branch)
    {
        if (branch?.Destination is not { } header || header.Ordinal > source.Ordinal)
        {
            return;
        }

        _ends[header.Ordinal] = Math.Max(_ends[header.Ordinal], source.Ordinal);
        for (var ordinal = header.Ordinal; ordinal <= source.Ordinal; ordinal++)
        {
            _isInside[ordinal] = true;
        }
    }
}
