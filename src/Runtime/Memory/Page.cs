using System.Diagnostics;
using MmapAnalyzers.Annotations;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>An entry of <c>mem_map</c> (<c>mem_map_t</c>): one frame of memory and how many users it has.</summary>
/// <remarks>Count 0 is a free page, 1 one user. A reserved page is neither counted nor freed. A block of several pages is counted on its first one.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Page
{
    internal const sbyte NotFree = -1;

    private readonly MemMap _map;
    private PageLedger _ledger;

    internal Page(MemMap map, int number)
    {
        _map = map;
        Number = number;
    }

    /// <summary>The index in <c>mem_map</c>, which is the frame's number (<c>map_nr</c>).</summary>
    public int Number { get; }

    /// <summary>The users of the page. Below zero once it was given back more often than taken.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the page is exempt from counting (<c>PG_reserved</c>).</summary>
    public bool IsReserved { get; private set; }

    /// <summary>Whether the page is part of an allocated block.</summary>
    internal bool IsAllocated { get; private set; }

    /// <summary>Whether the page is part of a block without being its first one.</summary>
    internal bool IsTail { get; private set; }

    /// <summary>The order of the block that was allocated with this page as its first.</summary>
    internal sbyte BlockOrder { get; private set; }

    /// <summary>The order of the free block that starts here, or <see cref="NotFree"/>.</summary>
    internal sbyte FreeOrder { get; set; } = NotFree;

    internal Page? NextFree { get; set; }

    internal Page? PreviousFree { get; set; }

    internal ref PageLedger Ledger => ref _ledger;

    /// <summary>Takes one unit, as <c>atomic_inc(&amp;mem_map[nr].count)</c> does. Nothing for a reserved page.</summary>
    [Acquires("page")]
    public void Get()
    {
        using KernelLock.Held held = _map.KernelLock.Enter();
        if (IsReserved)
            return;
        _map.Auditor.BeforeUse(this, "a reference was taken");
        Count++;
        _map.Auditor.Taken(this, inNopage: _map.Context.HandsOutPages);
    }

    /// <summary>Gives one unit back and frees the page with the last one (<c>free_page</c>). Nothing for a reserved page.</summary>
    [Releases("page")]
    public void Put() => _map.PutByDriver(this, order: 0);

    /// <summary>Number, count and owner in one line.</summary>
    public override string ToString() => $"page {Number:x5} count {Count}{(IsReserved ? " reserved" : "")}{(Count == 0 && !IsAllocated ? " free" : "")}";

    internal void SetReserved(bool reserved) => IsReserved = reserved;

    /// <summary>Becomes the first page of an allocated block, with one user.</summary>
    internal void MarkHead(int blockOrder)
    {
        (IsAllocated, IsTail, Count, BlockOrder) = (true, false, 1, (sbyte)blockOrder);
    }

    /// <summary>Becomes another page of an allocated block: nobody counts it.</summary>
    internal void MarkTail()
    {
        (IsAllocated, IsTail, Count, BlockOrder) = (true, true, 0, 0);
    }

    /// <summary>The core takes a unit.</summary>
    internal void Hold() => Count++;

    /// <summary>Drops one unit.</summary>
    /// <returns>Whether it was the last one.</returns>
    internal bool Drop() => --Count == 0;

    internal void MarkFree()
    {
        IsAllocated = false;
        IsTail = false;
    }
}
