using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>The count of every page is the sum of the entries that show it and of everybody who holds it.</summary>
internal static class PageInvariants
{
    public static void Check(LinuxKernel kernel, EntryCensus census)
    {
        int[] holders = CountHolders(kernel, census);
        foreach (Page page in kernel.MemMap.Pages)
        {
            if (page.IsReserved)
                continue;
            int entries = census.PageEntries[page.Number];
            int held = holders[page.Number];
            if (!page.IsAllocated)
                Invariant.Holds(entries + held == 0, $"{page} is free, and {entries} entries and {held} holders have it.");
            else
                CheckCount(kernel, page, entries, held);
        }
    }

    private static void CheckCount(LinuxKernel kernel, Page page, int entries, int held)
    {
        int driver = page.LedgerOrEmpty.DriverUnits;
        bool agrees = kernel.MemMap.Auditor.KeepsBooks ? page.Count == entries + held + driver : page.Count >= entries + held;
        Invariant.Holds(agrees, $"{page} is shown by {entries} entries, held by {held} parts of the kernel and {driver} times by drivers.");
    }

    private static int[] CountHolders(LinuxKernel kernel, EntryCensus census)
    {
        var holders = new int[kernel.MemMap.Count];
        foreach (int frame in census.TableFrames)
            holders[frame]++;
        foreach (Page page in kernel.SmallObjects.Heads.Concat(kernel.Vmallocs.Pages).Concat(kernel.PipeBuffers))
            holders[page.Number]++;
        for (int frame = 0; frame < holders.Length; frame++)
            holders[frame] += kernel.Vm.PageCache.Holds(frame) ? 1 : 0;
        foreach (SharedSegment segment in kernel.Vm.SharedMemory.Segments)
        {
            foreach (ulong entry in segment.Entries)
            {
                if (kernel.Vm.Entries.CountedPage(entry) is { } page)
                    holders[page.Number]++;
            }
        }

        return holders;
    }
}
