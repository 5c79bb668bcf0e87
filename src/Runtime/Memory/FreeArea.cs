namespace MmapAnalyzers.Runtime.Memory;

/// <summary>The free pages in blocks of powers of two, each with a buddy that it joins again (<c>free_area</c>).</summary>
internal sealed class FreeArea
{
    /// <summary>Orders 0 to 5, as <c>NR_MEM_LISTS</c> of 2.0 has it: the largest block is 128 KB on i386.</summary>
    public const int Orders = 6;

    private readonly Page[] _pages;
    private readonly int _first;
    private readonly Page?[] _heads = new Page?[Orders];

    public FreeArea(Page[] pages, int first)
    {
        _pages = pages;
        _first = first;

        // Lists are last in, first out: filled from above they give out memory from below.
        for (int number = pages.Length - 1; number >= first; number--)
            Join(number, 0);
        Count = Math.Max(0, pages.Length - first);
    }

    public int Count { get; private set; }

    /// <summary>The first free block of an order.</summary>
    public Page? Head(int order) => _heads[order];

    /// <summary>Takes a block of the order, splitting a larger one when there is none.</summary>
    /// <returns>Its first page with count 1, or null.</returns>
    public Page? Allocate(int order)
    {
        int from = order;
        while (from < Orders && _heads[from] is null)
            from++;
        if (from >= Orders)
            return null;
        Page block = _heads[from]!;
        Unlink(block);
        while (from > order)
            Link(_pages[block.Number + (1 << --from)], from);
        block.MarkHead(order);
        for (int i = 1; i < 1 << order; i++)
            _pages[block.Number + i].MarkTail();
        Count -= 1 << order;
        return block;
    }

    /// <summary>Takes a block back.</summary>
    /// <remarks>A page in it that was counted and given back on its own, as <c>nopage</c> makes it happen, is free already or somebody else's by now.</remarks>
    public void Free(Page block, int order)
    {
        bool whole = true;
        for (int i = 1; i < 1 << order; i++)
            whole &= _pages[block.Number + i].IsTail;
        if (whole)
        {
            FreeWhole(block, order);
            return;
        }

        for (int i = 0; i < 1 << order; i++)
        {
            Page page = _pages[block.Number + i];
            if (i == 0 || page.IsTail)
                FreeWhole(page, 0);
        }
    }

    private void FreeWhole(Page block, int order)
    {
        for (int i = 0; i < 1 << order; i++)
            _pages[block.Number + i].MarkFree();
        Join(block.Number, order);
        Count += 1 << order;
    }

    private void Join(int number, int order)
    {
        while (order < Orders - 1 && Buddy(number, order) is { } buddy)
        {
            Unlink(buddy);
            number &= ~(1 << order);
            order++;
        }

        Link(_pages[number], order);
    }

    private Page? Buddy(int number, int order)
    {
        int buddy = number ^ (1 << order);
        return buddy >= _first && buddy < _pages.Length && _pages[buddy].FreeOrder == order ? _pages[buddy] : null;
    }

    private void Link(Page block, int order)
    {
        block.FreeOrder = (sbyte)order;
        block.PreviousFree = null;
        block.NextFree = _heads[order];
        if (block.NextFree is not null)
            block.NextFree.PreviousFree = block;
        _heads[order] = block;
    }

    private void Unlink(Page block)
    {
        if (block.PreviousFree is null)
            _heads[block.FreeOrder] = block.NextFree;
        else
            block.PreviousFree.NextFree = block.NextFree;
        if (block.NextFree is not null)
            block.NextFree.PreviousFree = block.PreviousFree;
        block.FreeOrder = Page.NotFree;
        block.NextFree = block.PreviousFree = null;
    }
}
