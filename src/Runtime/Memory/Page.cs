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

    internal Page(MemMap map, int number)
    {
        _map = map;
        Number = number;
    }

    /// <summary>The index in <c>mem_map</c>, which is the frame's number (<c>map_nr</c>).</summary>
    public int Number { get; }

    /// <summary>The users of the page. Below zero once it was given back more often than taken.</summary>
    public int Count
    {
        get => _map.States.Count(Number);
        private set => _map.States.Count(Number) = value;
    }

    /// <summary>Whether the page is exempt from counting (<c>PG_reserved</c>).</summary>
    public bool IsReserved => (Flags & PageFlags.Reserved) != 0;

    /// <summary>Whether the page is part of an allocated block.</summary>
    internal bool IsAllocated => (Flags & PageFlags.Allocated) != 0;

    /// <summary>Whether the page is part of a block without being its first one.</summary>
    internal bool IsTail => (Flags & PageFlags.Tail) != 0;

    /// <summary>The order of the block that was allocated with this page as its first.</summary>
    internal sbyte BlockOrder
    {
        get => _map.States.LinksOf(Number).BlockOrder;
        private set => _map.States.LinksOf(Number).BlockOrder = value;
    }

    /// <summary>The order of the free block that starts here, or <see cref="NotFree"/>.</summary>
    internal sbyte FreeOrder
    {
        get => _map.States.LinksOf(Number).FreeOrder;
        set => _map.States.LinksOf(Number).FreeOrder = value;
    }

    internal Page? NextFree
    {
        get => At(_map.States.LinksOf(Number).Next);
        set => _map.States.LinksOf(Number).Next = value?.Number ?? PageStates.None;
    }

    internal Page? PreviousFree
    {
        get => At(_map.States.LinksOf(Number).Previous);
        set => _map.States.LinksOf(Number).Previous = value?.Number ?? PageStates.None;
    }

    /// <summary>The books of the page, for changing them: they are opened if need be.</summary>
    internal ref PageLedger Ledger => ref _map.States.Ledger(Number);

    /// <summary>Whether driver code ever had to do with the page.</summary>
    internal bool HasLedger => _map.States.HasLedger(Number);

    /// <summary>The books of the page, for reading.</summary>
    internal PageLedger LedgerOrEmpty => HasLedger ? Ledger : default;

    private ref PageFlags Flags => ref _map.States.Flags(Number);

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

    /// <summary>Number, count and state in one line: <c>page 00123 count 2</c>, with <c>reserved</c> or <c>free</c> where it is.</summary>
    public override string ToString() => $"page {Number:x5} count {Count}{(IsReserved ? " reserved" : Count == 0 && !IsAllocated ? " free" : "")}";

    internal void SetReserved(bool reserved) => Flags = reserved ? Flags | PageFlags.Reserved : Flags & ~PageFlags.Reserved;

    /// <summary>Becomes the first page of an allocated block, with one user.</summary>
    internal void MarkHead(int blockOrder) => Mark(PageFlags.Allocated, count: 1, blockOrder);

    /// <summary>Becomes another page of an allocated block: nobody counts it.</summary>
    internal void MarkTail() => Mark(PageFlags.Allocated | PageFlags.Tail, count: 0, blockOrder: 0);

    /// <summary>The core takes a unit.</summary>
    internal void Hold() => Count++;

    /// <summary>Drops one unit.</summary>
    /// <returns>Whether it was the last one.</returns>
    internal bool Drop() => --_map.States.Count(Number) == 0;

    internal void MarkFree() => Flags &= ~(PageFlags.Allocated | PageFlags.Tail);

    private void Mark(PageFlags use, int count, int blockOrder)
    {
        Flags = (Flags & PageFlags.Reserved) | use;
        Count = count;
        BlockOrder = (sbyte)blockOrder;
    }

    private Page? At(int number) => number == PageStates.None ? null : _map.Pages[number];
}
