using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Large mappings that are moved because they grow, on machines whose tables cover different ranges.</summary>
internal static class MremapMoveCases
{
    private const ulong Source = 0x5000_0000;                       // starts a table of the lowest level on each of them

    private static readonly MachineProfile[] Profiles = [MachineProfile.I386, MachineProfile.Alpha, MachineProfile.SparcSrmmu];

    [PeerCase("kst:mremap/Source and Destination Regions Overlapping", 0UL, 64UL << 10)]
    [PeerCase("kst:mremap/8KB PTE->PTE aligned", 8UL << 10, 8UL << 10)]
    [PeerCase("kst:mremap/2MB 1MB->PTE", 1UL << 20, 2UL << 20)]
    public static void A_region_moves_to_free_addresses_with_its_pattern(ulong shift, ulong length)
    {
        foreach (MachineProfile profile in Profiles)
            Move(profile, new UserAddress(Source + shift), length);
    }

    [PeerCase("kst:mremap/4MB PMD->PTE (crosses page directory entries)")]
    public static void A_region_that_fills_a_table_moves_into_parts_of_two()
    {
        foreach (MachineProfile profile in Profiles)
        {
            ulong table = 1UL << profile.PmdShift;
            UserAddress moved = Move(profile, new UserAddress(Source), table);
            Assert.NotEqual(0UL, moved.Value % table);
        }

        Assert.Equal([4UL << 20, 8UL << 20, 256UL << 10], Profiles.Select(profile => 1UL << profile.PmdShift));
    }

    /// <summary>Writes a pattern, lets the region grow against a page behind it, and reads the pattern at the new place.</summary>
    private static UserAddress Move(MachineProfile profile, UserAddress source, ulong length)
    {
        var page = (ulong)profile.PageSize;
        using var machine = new Machine(profile, memorySize: 32 << 20);
        Process process = machine.Kernel.Spawn();
        process.Mmap(length, Protection.ReadWrite, Peer.PrivateMemory | MapFlags.Fixed, address: source);
        process.Mmap(page, Protection.None, Peer.PrivateMemory | MapFlags.Fixed, address: source + length);
        for (ulong at = 0; at < length; at += page)
            process.Store(source + at, Stamp(at));

        UserAddress moved = process.Mremap(source, length, length + page, MremapFlags.MayMove);

        Assert.True(moved >= source + length || moved + length + page <= source, "The places overlap.");
        for (ulong at = 0; at < length; at += page)
            Assert.Equal(Stamp(at), process.Load<ulong>(moved + at));
        Assert.Equal(0UL, process.Load<ulong>(moved + length));
        Peer.Earns(Signal.SIGSEGV, () => process.Load<ulong>(source));
        Peer.Earns(Signal.SIGSEGV, () => process.Load<ulong>(source + (length - page)));
        return moved;
    }

    private static ulong Stamp(ulong offset) => (offset * 0x9E37_79B9) ^ 0xA5A5;
}
