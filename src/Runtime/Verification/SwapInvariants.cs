using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>The count of every swap slot is the number of entries that name it.</summary>
internal static class SwapInvariants
{
    public static void Check(LinuxKernel kernel, EntryCensus census)
    {
        var named = new Dictionary<ulong, int>();
        foreach ((ulong _, ulong value) in census.Entries.Values.SelectMany(entries => entries))
            Add(kernel, named, value);
        foreach (SharedSegment segment in kernel.Vm.SharedMemory.Segments)
        {
            foreach (ulong entry in segment.Entries)
                Add(kernel, named, entry);
        }

        foreach ((ulong entry, int users) in kernel.Vm.Swap.Slots)
        {
            int entries = named.GetValueOrDefault(entry);
            Invariant.Holds(entries == users, $"The swap slot of entry {entry:x} has {users} users and {entries} entries.");
        }
    }

    private static void Add(LinuxKernel kernel, Dictionary<ulong, int> named, ulong entry)
    {
        if ((entry & kernel.Profile.PageTable.Present) == 0 && kernel.Vm.Swap.IsUsed(entry))
            named[entry] = named.GetValueOrDefault(entry) + 1;
    }
}
