using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>What <c>mmap</c> writes into the listing of areas, and what it refuses to make in the first place.</summary>
internal static class MmapListingCases
{
    private static readonly UserAddress Base = new(0x5000_0000);

    [PeerCase("ltp:mmap04.0", Protection.None, "---p")]
    [PeerCase("ltp:mmap04.2", Protection.Read, "r--p")]
    public static void A_fixed_private_mapping_over_half_of_another_is_a_line_of_its_own(Protection protection, string permissions)
    {
        using var rig = new FileRig(0);
        rig.Process.Mmap(2 * Peer.Page, Protection.ReadWrite, Peer.PrivateMemory | MapFlags.Fixed, address: Base);

        rig.Process.Mmap(Peer.Page, protection, Peer.PrivateMemory | MapFlags.Fixed, address: Base + Peer.Page);

        string[] lines = Peer.Listing(rig.Process, rig.Buffer);
        Assert.Contains("50000000-50001000 rw-p 00000000 00:00 0", lines);
        Assert.Contains($"50001000-50002000 {permissions} 00000000 00:00 0", lines);
    }

    [PeerCase("ltp:mmap04.1", Protection.None)]
    [PeerCase("ltp:mmap04.5", Protection.Write)]
    [PeerCase("ltp:mmap04.9", Protection.Read | Protection.Exec)]
    [PeerCase("ltp:mmap04.11", Protection.Write | Protection.Exec)]
    [PeerCase("ltp:mmap04.13", Protection.ReadWrite | Protection.Exec)]
    public static void Shared_memory_without_a_file_is_refused_and_what_is_mapped_stays(Protection protection)
    {
        using var rig = new FileRig(0);
        rig.Process.Mmap(2 * Peer.Page, Protection.None, Peer.PrivateMemory | MapFlags.Fixed, address: Base);
        string[] before = Peer.Listing(rig.Process, rig.Buffer);

        Peer.Returns(Errno.EINVAL, rig.Process.SysMmap(Base + Peer.Page, Peer.Page, protection, Peer.SharedMemory | MapFlags.Fixed, -1, 0));

        Assert.Equal(before, Peer.Listing(rig.Process, rig.Buffer));
        Assert.Contains("50000000-50002000 ---p 00000000 00:00 0", before);
    }

    [PeerCase("ltp:mmap14")]
    public static void Only_mlockall_of_the_future_locks_new_mappings()
    {
        using var rig = new FileRig(0);
        UserAddress asked = rig.Process.Mmap(2 * Peer.Page, Protection.Read, Peer.PrivateMemory | Peer.MapLocked);
        Assert.Equal(0, rig.Process.AddressSpace.LockedPages);
        Assert.False(Peer.FlagsAt(rig.Process, asked).HasFlag(VmFlags.Locked));

        rig.Process.Mlockall(MlockallFlags.Future);
        UserAddress later = Peer.Memory(rig.Process, 2, Protection.Exec);

        Assert.Equal(2, rig.Process.AddressSpace.LockedPages);
        Assert.True(Peer.FlagsAt(rig.Process, later).HasFlag(VmFlags.Locked));
    }
}
