using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>What mappings of a file show, and what reaches it.</summary>
internal static class FileCases
{
    private const int Page = FileRig.Page;

    [PeerCase("ltp:mmap01")]
    public static void The_page_behind_the_end_reads_as_zeros_and_never_reaches_the_file()
    {
        using var rig = new FileRig(100);
        UserAddress at = rig.Map(1);
        Assert.Equal(new byte[Page - 100], rig.Bytes(at + 100, Page - 100));

        rig.Process.CopyTo(at + 100, FileRig.Pattern(Page - 100));
        rig.Sync(at, 1);
        rig.Process.Munmap(at, Peer.Page);

        Assert.Equal(FileRig.Pattern(100), rig.Read(rig.Open(), Page));
        Assert.Equal(FileRig.Pattern(100), rig.Disk);
    }

    [PeerCase("ltp:mmap02")]
    public static void A_shared_mapping_of_a_file_that_may_only_be_read_is_private_inside()
    {
        using var rig = new FileRig(Page);

        UserAddress at = rig.Map(1, MapFlags.Shared, Protection.Read, OpenFlags.ReadOnly);

        Assert.Equal(FileRig.Pattern(Page), rig.Bytes(at, Page));
        VmFlags flags = Peer.FlagsAt(rig.Process, at);
        Assert.Equal(VmFlags.Read | VmFlags.MayRead | VmFlags.MayExec | VmFlags.MayShare, flags);
    }

    [PeerCase("ltp:mmap05")]
    public static void A_mapping_without_rights_cannot_be_touched()
    {
        using var rig = new FileRig(Page);

        UserAddress at = rig.Map(1, MapFlags.Shared, Protection.None);

        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Load<byte>(at));
        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Store<byte>(at, 1));
    }

    [PeerCase("ltp:mmap19")]
    public static void Two_files_that_change_places_show_no_old_translation()
    {
        UserAddress[] places = [new(0x5000_0000), new(0x5000_1000)];
        using var rig = new FileRig(Page);
        Assert.Equal(Errno.None, rig.Kernel.CreateFile("/second", [99]));
        string[] files = [FileRig.Path, "/second"];
        for (int i = 0; i < 4; i++)
        {
            MapPages(rig, places, files);
            Assert.Equal([1, 99], files.Order().Select(file => rig.Process.Load<byte>(places[Array.IndexOf(files, file)])));
            rig.Process.Munmap(places[0], 2 * Peer.Page);
            Array.Reverse(files);
        }
    }

    [PeerCase("gv:Read", 0)]
    [PeerCase("gv:MapOffset", Page)]
    public static void A_private_mapping_shows_the_file_from_its_offset(int offset)
    {
        using var rig = new FileRig(2 * Page);

        UserAddress at = rig.Map(1, MapFlags.Private, Protection.Read, OpenFlags.ReadOnly, offset);

        Assert.Equal(FileRig.Pattern(2 * Page)[offset..(offset + Page)], rig.Bytes(at, Page));
    }

    [PeerCase("gv:SelfRead")]
    public static void A_file_can_be_read_into_its_own_mapping()
    {
        using var rig = new FileRig(Page);
        UserAddress at = rig.Map(1);

        Assert.Equal(Page, rig.Process.Read(rig.Open(), at, Peer.Page));

        Assert.Equal(FileRig.Pattern(Page), rig.Bytes(at, Page));
        Assert.Equal(FileRig.Pattern(Page), rig.Disk);
    }

    [PeerCase("gv:MapReadOnlyAfterCreateWriteOnly")]
    public static void A_file_made_for_writing_can_be_mapped_by_another_descriptor()
    {
        using var rig = new FileRig(0);
        int writer = rig.Process.Open("/new", OpenFlags.WriteOnly | OpenFlags.Create);
        int reader = rig.Process.Open("/new", OpenFlags.ReadOnly);
        rig.Write(writer, 7, 8, 9);

        UserAddress at = rig.Process.Mmap(Peer.Page, Protection.Read, MapFlags.Shared, reader);

        Assert.Equal([7, 8, 9, 0], rig.Bytes(at, 4));
    }

    private static void MapPages(FileRig rig, UserAddress[] places, string[] files)
    {
        for (int i = 0; i < files.Length; i++)
        {
            int fd = rig.Process.Open(files[i], OpenFlags.ReadOnly);
            Assert.Equal(places[i], rig.Process.Mmap(Peer.Page, Protection.Read, MapFlags.Shared | MapFlags.Fixed, fd, address: places[i]));
            rig.Process.Close(fd);
        }
    }
}
