using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Processes that part or share an address space.</summary>
internal static class ForkCases
{
    [PeerCase("gv:fork.COWSegment")]
    public static void What_a_read_brings_arrives_in_the_page_that_is_current_when_it_comes()
    {
        using var rig = new FileRig(0);
        rig.Process.Store(rig.Buffer, 1);
        Process child = rig.Process.Fork();
        Process reader = rig.Process.Clone(CloneFlags.Vm | CloneFlags.Files);
        int fd = TransferDriver.Open(rig, kernel => new FileOperations
        {
            Read = (_, _, buffer, count) =>
            {
                rig.Process.Store(rig.Buffer + 8, 2);               // while the reader waits the page is copied
                kernel.CopyToUser(buffer, BitConverter.GetBytes(3));
                return count;
            },
        });
        PageTableEntry shared = rig.Entry(rig.Buffer);

        Assert.Equal(sizeof(int), reader.Read(fd, rig.Buffer, sizeof(int)));

        Assert.NotEqual(shared.Frame, rig.Entry(rig.Buffer).Frame);
        Assert.Equal((3, 2), (rig.Process.Load<int>(rig.Buffer), rig.Process.Load<int>(rig.Buffer + 8)));
        Assert.Equal((1, 0), (child.Load<int>(rig.Buffer), child.Load<int>(rig.Buffer + 8)));
    }

    [PeerCase("k20:fork.exec")]
    public static void A_child_that_starts_another_program_gives_back_what_fork_took()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 3);
        (int inode, int use) = (rig.Driver.Inode.Count, rig.Driver.UseCount);
        Process child = rig.Process.Fork();
        Assert.Equal(inode + 1, rig.Driver.Inode.Count);
        rig.Forget();

        child.Exec();

        Assert.Equal("unmap 0-3; close 0-3", rig.Story());
        Assert.Equal((inode, use), (rig.Driver.Inode.Count, rig.Driver.UseCount));
        Assert.Equal("0-3 rw-s", rig.Layout());
    }

    [PeerCase("k20:clone_vm")]
    public static void An_address_space_that_is_shared_is_closed_with_its_last_user()
    {
        using var rig = new Rig();
        rig.MapDevice(0, 3);
        rig.Forget();

        Process child = rig.Process.Clone(CloneFlags.Vm);
        Assert.Same(rig.Process.AddressSpace, child.AddressSpace);
        child.Exit();
        Assert.Empty(rig.Story());

        rig.Process.Exit();
        Assert.Equal("unmap 0-3; close 0-3", rig.Story());
    }

    [PeerCase("k20:fork.fail")]
    public static void A_fork_without_memory_for_the_entries_closes_what_was_not_opened_with_the_defect_only()
    {
        Assert.Equal(("", 1), FailToFork(KernelDefects.None));
        Assert.Equal(("unmap 0-1; close 0-1", 0), FailToFork(KernelDefects.ForkFailureCloses));
    }

    private static (string Story, int UseCount) FailToFork(KernelDefects defects)
    {
        using var rig = new Rig();
        rig.Machine.Defects = defects;
        rig.Process.Store(rig.MapDevice(0, 1), 42);
        rig.UseUpMemory(leave: 1);                                  // for the directory of the child, none for a table
        rig.Forget();

        Peer.Returns(Errno.ENOMEM, rig.Process.SysFork());

        return (rig.Story(), rig.Driver.UseCount);
    }
}
