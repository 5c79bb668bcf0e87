using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>Every page that is neither reserved nor allocated lies in exactly one free block, and the free pages are counted.</summary>
internal static class FreeBlockInvariants
{
    public static void Check(MemMap memMap)
    {
        var listed = new bool[memMap.Count];
        int count = 0;
        for (int order = 0; order < FreeArea.Orders; order++)
        {
            Page? previous = null;
            for (Page? block = memMap.FreeBlocks.Head(order); block is not null; (previous, block) = (block, block.NextFree))
            {
                Invariant.Holds(block.FreeOrder == order, $"{block} is in the list of order {order} and says {block.FreeOrder}.");
                Invariant.Holds(block.PreviousFree == previous, $"{block} is not linked back to what stands before it.");
                count += AddBlock(memMap, listed, block, order);
            }
        }

        Invariant.Holds(count == memMap.FreeCount, $"{count} pages are free and {memMap.FreeCount} counted.");
        foreach (Page page in memMap.Pages)
            Invariant.Holds(page.IsAllocated || page.IsReserved || listed[page.Number], $"{page} is neither free nor allocated.");
    }

    private static int AddBlock(MemMap memMap, bool[] listed, Page block, int order)
    {
        for (int number = block.Number; number < block.Number + (1 << order); number++)
        {
            Invariant.Holds(!listed[number], $"Page {number:x5} is in two free blocks.");
            Invariant.Holds(!memMap.Pages[number].IsAllocated, $"{memMap.Pages[number]} is allocated and in a free block.");
            listed[number] = true;
        }

        return 1 << order;
    }
}
