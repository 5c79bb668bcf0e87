using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Private memory without a file: addresses, contents, rights.</summary>
internal static class MmapMemoryCases
{
    [PeerCase("ltp:mmap17")]
    public static void A_flag_that_forbids_replacing_is_unknown_and_the_address_a_hint()
    {
        const MapFlags FixedNoReplace = (MapFlags)0x10_0000;
        using var rig = new FileRig(0);
        UserAddress old = Peer.Memory(rig.Process, 1);
        rig.Process.Store(old, 42);

        UserAddress at = rig.Process.Mmap(Peer.Page, Protection.Read, Peer.PrivateMemory | FixedNoReplace, address: old);

        Assert.NotEqual(old, at);
        Assert.Equal(42, rig.Process.Load<int>(old));
    }

    [PeerCase("gv:MapAnything")]
    public static void Memory_without_rights_can_be_had_and_lies_somewhere()
    {
        using var rig = new FileRig(0);

        UserAddress at = Peer.Memory(rig.Process, 1, Protection.None);

        Assert.NotEqual(0UL, at.Value);
        Assert.Equal(Peer.Page, rig.Process.AddressSpace.FindArea(at)!.Length);
    }

    [PeerCase("gv:SmallMap")]
    public static void A_small_length_is_a_page()
    {
        using var rig = new FileRig(0);

        UserAddress at = rig.Process.Mmap(128, Protection.Read, Peer.PrivateMemory);

        Assert.Equal(Peer.Page, rig.Process.AddressSpace.FindArea(at)!.Length);
    }

    [PeerCase("gv:HintAddress")]
    public static void A_hint_that_is_free_is_taken()
    {
        var hint = new UserAddress(0x3000_0000);
        using var rig = new FileRig(0);

        Assert.Equal(hint, rig.Process.Mmap(Peer.Page, Protection.Read, Peer.PrivateMemory, address: hint));
        Assert.Equal(hint + Peer.Page, rig.Process.Mmap(Peer.Page, Protection.None, Peer.PrivateMemory, address: hint));
    }

    [PeerCase("gv:ProtWrite")]
    public static void What_is_written_is_read_again()
    {
        using var rig = new FileRig(0);
        UserAddress at = Peer.Memory(rig.Process, 1);

        rig.Process.CopyTo(at, FileRig.Pattern(FileRig.Page));

        Assert.Equal(FileRig.Pattern(FileRig.Page), rig.Bytes(at, FileRig.Page));
    }

    [PeerCase("gv:ProtWriteOnlyReadable")]
    public static void Memory_that_may_only_be_written_can_be_read_first_on_alpha_and_not_on_i386()
    {
        using var i386 = new Machine(MachineProfile.I386);
        Peer.Earns(Signal.SIGSEGV, () => ReadWriteOnlyMemory(i386));

        using var alpha = new Machine(MachineProfile.Alpha);
        Assert.Equal(0, ReadWriteOnlyMemory(alpha));
    }

    [PeerCase("gv:ProtNoneDeath", Protection.None, false)]
    [PeerCase("gv:ReadOnlyDeath", Protection.Read, true)]
    public static void An_access_without_the_right_is_a_violation(Protection protection, bool isStore)
    {
        using var rig = new FileRig(0);
        UserAddress at = Peer.Memory(rig.Process, 1, protection);

        Peer.Earns(Signal.SIGSEGV, () =>
        {
            if (isStore)
                rig.Process.Store(at, 1);
            else
                rig.Process.Load<int>(at);
        });
    }

    [PeerCase("gv:NoExceedLimitAS")]
    public static void A_limit_above_the_need_is_none()
    {
        using var rig = new FileRig(0);
        ulong used = (ulong)rig.Process.AddressSpace.TotalPages * Peer.Page;
        rig.Process.Limits[Resource.AddressSpace] = used + (2 * Peer.Page);

        UserAddress at = Peer.Memory(rig.Process, 2);
        rig.Process.Store(at + Peer.Page, 42);

        Assert.Equal(42, rig.Process.Load<int>(at + Peer.Page));
        Peer.Returns(Errno.ENOMEM, rig.Process.SysMmap(default, Peer.Page, Protection.Read, Peer.PrivateMemory, -1, 0));
    }

    [PeerCase("ltp:mincore03")]
    public static void A_page_is_resident_once_it_was_touched()
    {
        using var rig = new FileRig(0);
        UserAddress at = Peer.Memory(rig.Process, 3);
        Assert.Equal([false, false, false], Resident(rig, at, 3));

        rig.Process.Store(at + Peer.Page, 1);

        Assert.Equal([false, true, false], Resident(rig, at, 3));
        Assert.Equal(1, rig.Process.AddressSpace.ResidentPages);
    }

    [PeerCase("gv:AccessCOWInvalidatesCachedSegments")]
    public static void A_copy_by_the_kernel_breaks_sharing_as_a_store_does()
    {
        using var rig = new FileRig(0);
        rig.Process.CopyTo(rig.Buffer, FileRig.Pattern(FileRig.Page));
        Process child = rig.Process.Fork();

        Assert.Equal(FileRig.Page, rig.Process.Read(rig.Process.Open("/dev/zero", OpenFlags.ReadOnly), rig.Buffer, Peer.Page));
        Assert.Equal(FileRig.Page, rig.Process.Write(rig.Open(), rig.Buffer, Peer.Page));

        Assert.Equal(new byte[FileRig.Page], rig.Disk);
        var kept = new byte[FileRig.Page];
        child.CopyFrom(rig.Buffer, kept);
        Assert.Equal(FileRig.Pattern(FileRig.Page), kept);
    }

    private static int ReadWriteOnlyMemory(Machine machine)
    {
        Process process = machine.Kernel.Spawn();
        return process.Load<int>(process.Mmap((ulong)machine.Profile.PageSize, Protection.Write, Peer.PrivateMemory));
    }

    private static IEnumerable<bool> Resident(FileRig rig, UserAddress at, int pages) =>
        Enumerable.Range(0, pages).Select(page => rig.Entry(at + ((ulong)page * Peer.Page)).IsPresent);
}
