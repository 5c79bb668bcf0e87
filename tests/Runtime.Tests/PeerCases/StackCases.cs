using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Areas that grow down.</summary>
internal static class StackCases
{
    private const int Top = 16;
    private const int FrameSize = 512;

    [PeerCase("ltp:mmap18.1")]
    public static void An_area_used_by_recursion_grows_down_as_far_as_the_stack_pointer_goes()
    {
        using var rig = new Rig();
        MapStack(rig);
        UserAddress top = Rig.At(Top + 1);
        rig.Process.StackPointer = top;

        Recurse(rig.Process, depth: 64);

        Assert.Equal("9-17 rw-p", rig.Layout());
        Assert.Equal(top, rig.Process.StackPointer);
        rig.Process.StackPointer = Rig.At(9);
        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Store<byte>(Rig.At(9) - 33, 1));
        rig.Process.Store<byte>(Rig.At(9) - 32, 1);
        Assert.Equal("8-17 rw-p", rig.Layout());
    }

    [PeerCase("ltp:mmap18.2")]
    public static void A_page_on_the_way_needs_no_gap_and_only_a_limit_ends_the_growth_above_it()
    {
        using var rig = new Rig();
        MapStack(rig);
        rig.MapMemory(10, 1, Protection.Read);
        rig.Process.StackPointer = Rig.At(0);
        rig.Process.Limits[Resource.Stack] = 4 * Peer.Page;
        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Store(Rig.At(12), 1));

        rig.Process.Limits[Resource.Stack] = ulong.MaxValue;
        rig.Process.Store(Rig.At(11), 1);

        Assert.Equal("10-11 r--p; 11-17 rw-p", rig.Layout());
        Peer.Earns(Signal.SIGSEGV, () => rig.Process.Store(Rig.At(9), 1));
    }

    private static void MapStack(Rig rig) =>
        rig.Process.Mmap(Peer.Page, Protection.ReadWrite, Peer.PrivateMemory | MapFlags.Fixed | MapFlags.GrowsDown, address: Rig.At(Top));

    private static void Recurse(Process process, int depth)
    {
        if (depth == 0)
            return;
        process.StackPointer -= FrameSize;
        process.Store(process.StackPointer, depth);
        Recurse(process, depth - 1);
        Assert.Equal(depth, process.Load<int>(process.StackPointer));
        process.StackPointer += FrameSize;
    }
}
