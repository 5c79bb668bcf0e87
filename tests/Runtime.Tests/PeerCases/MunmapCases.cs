using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>What <c>munmap</c> takes away and what it refuses.</summary>
internal static class MunmapCases
{
    [PeerCase("ltp:munmap01.partial")]
    public static void The_tail_goes_the_rest_stays_and_the_driver_hears_of_a_copy()
    {
        using var rig = new Rig(new PageDriver(pages: 4));
        rig.MapDevice(0, 4);
        rig.Process.Store(Rig.At(1), 42);
        rig.Process.Store(Rig.At(3), 43);
        rig.Forget();

        rig.Unmap(2, 2);

        Assert.Equal("unmap 2-4; open 0-2; close empty", rig.Story());
        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Load<int>(Rig.At(2)));
        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Load<int>(Rig.At(3)));
        Assert.Equal(42, rig.Process.Load<int>(Rig.At(1)));
    }

    [PeerCase("ltp:munmap03.1")]
    [PeerCase("gv:munmap.ZeroLength")]
    public static void Length_zero_is_nothing_to_do()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 2);
        rig.Forget();

        Peer.Returns(Errno.None, rig.Process.SysMunmap(Rig.At(0), 0));

        Assert.Equal(("0-2 rw-s", ""), (rig.Layout(), rig.Story()));
    }

    [PeerCase("ltp:munmap03.2")]
    public static void An_address_inside_a_page_is_refused()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 2);

        Peer.Returns(Errno.EINVAL, rig.Process.SysMunmap(Rig.At(0) + 1, 2 * Peer.Page));

        Assert.Equal("0-2 rw-p", rig.Layout());
    }

    [PeerCase("ltp:munmap04")]
    public static void There_is_no_limit_of_areas_but_without_memory_for_the_pieces_the_defect_drops_one()
    {
        const int Areas = 66_000;                                   // more than MAX_MAP_COUNT, which came later
        using var machine = new Machine(MachineProfile.I386, memorySize: 16 << 20);
        Process process = machine.Kernel.Spawn();
        var at = new UserAddress(0x1000_0000);
        for (int i = 0; i < Areas; i++)
        {
            Protection protection = (i & 1) == 0 ? Protection.Read : Protection.None;
            process.Mmap(3 * Peer.Page, protection, Peer.PrivateMemory | MapFlags.Fixed, address: at + ((ulong)i * 3 * Peer.Page));
        }

        Peer.Returns(Errno.None, process.SysMunmap(at + Peer.Page, Peer.Page));

        Assert.Equal(Areas + 1, process.AddressSpace.Areas.Count);
        A_hole_without_memory_for_the_pieces_loses_the_area_with_the_defect_only();
    }

    [PeerCase("k20:munmap.nomem")]
    public static void A_hole_without_memory_for_the_pieces_loses_the_area_with_the_defect_only()
    {
        Assert.Equal(("0-3 rw-s", "", Errno.ENOMEM, 2, 1), PunchWithoutMemory(KernelDefects.None));
        Assert.Equal(("", "unmap 1-2", Errno.None, 2, 1), PunchWithoutMemory(KernelDefects.HolePunchLosesArea));
    }

    [PeerCase("gv:munmap.HappyCase")]
    public static void A_page_can_be_unmapped()
    {
        using var rig = new Rig();
        rig.Process.Store(rig.MapMemory(0, 1), 42);

        Peer.Returns(Errno.None, rig.Process.SysMunmap(Rig.At(0), Peer.Page));

        Assert.Empty(rig.Layout());
    }

    private static (string Layout, string Story, Errno Error, int Inode, int Use) PunchWithoutMemory(KernelDefects defects)
    {
        using var rig = new Rig();
        rig.Machine.Defects = defects;
        rig.MapDevice(0, 3);
        rig.UseUpSmallBlocks();
        rig.Forget();
        var error = (Errno)(-rig.Process.SysMunmap(Rig.At(1), Peer.Page));
        return (rig.Layout(), rig.Story(), error, rig.Driver.Inode.Count, rig.Driver.UseCount);
    }
}
