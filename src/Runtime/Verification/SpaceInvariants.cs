using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>Areas are whole pages in order without overlap, what is mapped lies in one of them, and an address space's counters agree with both.</summary>
internal static class SpaceInvariants
{
    public static void Check(LinuxKernel kernel, EntryCensus census)
    {
        foreach ((AddressSpace space, List<(ulong Address, ulong Value)> entries) in census.Entries)
        {
            IReadOnlyList<VmArea> areas = space.Areas;
            CheckAreas(kernel, space, areas);
            CheckEntries(kernel, space, census, entries);
            CheckBlocks(kernel, space, areas);
        }

        foreach (AddressSpace space in census.Entries.Keys)
        {
            int users = kernel.Processes.Count(process => process.AddressSpace == space);
            Invariant.Holds(space.Users == users, $"An address space has {users} processes and a count of {space.Users}.");
        }
    }

    private static void CheckAreas(LinuxKernel kernel, AddressSpace space, IReadOnlyList<VmArea> areas)
    {
        ulong end = 0;
        ulong total = 0;
        foreach (VmArea area in areas)
        {
            Invariant.Holds(area.Low >= end && area.High > area.Low, $"Areas out of order, empty or overlapping: {area} behind {end:x8}.");
            Invariant.Holds(area.High <= kernel.Profile.TaskSize, $"An area beyond the user's addresses: {area}.");
            Invariant.Holds(((area.Low | area.High) & kernel.Profile.OffsetMask) == 0, $"An area that is no whole pages: {area}.");
            Invariant.Holds(area.AddressSpace == space, $"An area of another address space: {area}.");
            end = area.High;
            total += area.Length;
        }

        Invariant.Holds(space.Tree.Count == areas.Count, $"The tree counts {space.Tree.Count} areas and has {areas.Count}.");
        Invariant.Holds(space.TotalPages == space.Pages(total), $"Areas of {space.Pages(total)} pages are counted as {space.TotalPages}.");
    }

    private static void CheckEntries(LinuxKernel kernel, AddressSpace space, EntryCensus census, List<(ulong Address, ulong Value)> entries)
    {
        int counted = 0;
        foreach ((ulong address, ulong value) in entries)
        {
            bool isCounted = census.IsCounted(value);
            counted += isCounted ? 1 : 0;

            // A driver whose mmap fails after it remapped a part leaves entries, as in 2.0.40; those hold nothing.
            bool holds = isCounted || kernel.Vm.Swap.IsUsed(value);
            Invariant.Holds(!holds || space.FindArea(new(address)) is not null, $"The entry at {address:x8} holds a page or a swap slot outside of any area.");
        }

        Invariant.Holds(space.ResidentPages >= counted, $"{counted} pages are mapped and {space.ResidentPages} counted as resident.");
    }

    private static void CheckBlocks(LinuxKernel kernel, AddressSpace space, IReadOnlyList<VmArea> areas)
    {
        Invariant.Holds(kernel.SmallObjects.IsAllocated(space.Block), $"The memory of an address space at {space.Block:x8} is free.");
        var blocks = new HashSet<ulong>();
        foreach (VmArea area in areas)
            Invariant.Holds(kernel.SmallObjects.IsAllocated(area.Block) && blocks.Add(area.Block), $"The memory of an area at {area.Block:x8} is free or another's: {area}.");
    }
}
