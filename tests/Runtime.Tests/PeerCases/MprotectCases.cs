using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>What <c>mprotect</c> refuses, and what the pages allow after it.</summary>
internal static class MprotectCases
{
    [PeerCase("ltp:mprotect01.0")]
    public static void What_is_not_mapped_has_no_protection()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1);

        Peer.Returns(Errno.EFAULT, rig.Process.SysMprotect(default, Peer.Page, Protection.Read));
    }

    [PeerCase("ltp:mprotect01.1")]
    public static void An_address_inside_a_page_is_refused()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 2);

        Peer.Returns(Errno.EINVAL, rig.Process.SysMprotect(Rig.At(0) + 1, Peer.Page, Protection.Read));

        Assert.Equal("0-2 rw-p", rig.Layout());
    }

    [PeerCase("ltp:mprotect04.0")]
    public static void Without_rights_a_page_that_is_there_cannot_be_touched()
    {
        using var rig = new Rig();
        rig.Process.Store(rig.MapMemory(0, 1), 42);

        rig.Protect(0, 1, Protection.None);

        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Load<int>(Rig.At(0)));
        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Store(Rig.At(0), 42));
    }

    [PeerCase("ltp:mprotect04.1")]
    public static void What_was_written_and_made_executable_executes()
    {
        Execute(MachineProfile.I386, isDistinct: false);
        Execute(MachineProfile.Alpha, isDistinct: true);
    }

    [PeerCase("ltp:mprotect05")]
    public static void Pieces_with_rights_of_their_own_join_when_they_get_the_same()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 5, protection: Protection.Read);
        rig.Forget();

        Peer.Returns(Errno.None, rig.Process.SysMprotect(Rig.At(1), Peer.Page, Protection.Exec));
        Peer.Returns(Errno.None, rig.Process.SysMprotect(Rig.At(3), Peer.Page, Protection.Write));
        Assert.Equal("0-1 r--s; 1-2 --xs; 2-3 r--s; 3-4 -w-s; 4-5 r--s", rig.Layout());
        Peer.Returns(Errno.None, rig.Process.SysMprotect(Rig.At(1), 4 * Peer.Page, Protection.Read));

        Assert.Equal("0-5 r--s", rig.Layout());
        Assert.Equal("open 0-1; open 2-5; open 2-3; open 4-5; close empty; close empty; close empty; close empty", rig.Story());
        Assert.Equal(1, rig.Driver.UseCount);
        Peer.Returns(Errno.None, rig.Process.SysMunmap(Rig.At(0), 5 * Peer.Page));
        Assert.Equal(0, rig.Driver.UseCount);
    }

    [PeerCase("gv:ProtectProtWrite")]
    public static void Memory_without_rights_can_get_all()
    {
        using var rig = new Rig();
        rig.MapMemory(0, 1, Protection.None);

        rig.Protect(0, 1, Protection.ReadWrite);
        rig.Process.Store(Rig.At(0), 42);

        Assert.Equal(42, rig.Process.Load<int>(Rig.At(0)));
    }

    [PeerCase("gv:SettingProtNoneDoesntFreeMemory")]
    public static void What_loses_its_rights_keeps_its_content()
    {
        using var rig = new Rig();
        rig.Process.CopyTo(rig.MapMemory(0, 1), FileRig.Pattern(FileRig.Page));

        rig.Protect(0, 1, Protection.None);
        rig.Protect(0, 1, Protection.ReadWrite);

        var content = new byte[FileRig.Page];
        rig.Process.CopyFrom(Rig.At(0), content);
        Assert.Equal(FileRig.Pattern(FileRig.Page), content);
    }

    /// <summary>Where execution is a right of its own, the page cannot be executed before it is given.</summary>
    private static void Execute(MachineProfile profile, bool isDistinct)
    {
        const uint Code = 0x6BFA_8001;
        var page = (ulong)profile.PageSize;
        using var machine = new Machine(profile);
        Process process = machine.Kernel.Spawn();
        UserAddress at = process.Mmap(page, Protection.ReadWrite, Peer.PrivateMemory);
        process.Store(at, Code);
        if (isDistinct)
            Peer.Earns(Signal.SIGSEGV, () => process.Fetch<uint>(at));

        process.Mprotect(at, page, Protection.Exec);

        Assert.Equal(Code, process.Fetch<uint>(at));
        Peer.Earns(Signal.SIGSEGV, () => process.Store(at, Code));
    }
}
