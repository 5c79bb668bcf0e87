using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>What the programs have in common.</summary>
internal static class Peer
{
    public const ulong Page = Rig.Page;
    public const MapFlags PrivateMemory = MapFlags.Private | MapFlags.Anonymous;
    public const MapFlags SharedMemory = MapFlags.Shared | MapFlags.Anonymous;

    /// <summary>A flag of later kernels that means nothing in 2.0.</summary>
    public const MapFlags MapLocked = (MapFlags)0x2000;

    /// <summary>The system call failed with this error, or succeeded with 0 for <see cref="Errno.None"/>.</summary>
    public static void Returns(Errno expected, long result) => Assert.Equal(-(long)expected, result);

    /// <summary>The access earned this signal and the process lives on.</summary>
    public static void Earns(Signal expected, Action access)
    {
        SignalException signal = Assert.Throws<SignalException>(access);
        Assert.Equal(expected, signal.Signal);
        Assert.Null(signal.Oops);
    }

    /// <summary>The lines of <c>/proc/self/maps</c>, read like any file by way of a buffer.</summary>
    public static string[] Listing(Process process, UserAddress buffer)
    {
        int fd = process.Open("/proc/self/maps", OpenFlags.ReadOnly);
        var text = new byte[process.Read(fd, buffer, Page)];
        process.CopyFrom(buffer, text);
        process.Close(fd);
        return System.Text.Encoding.ASCII.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Fresh private memory of a process.</summary>
    public static UserAddress Memory(Process process, int pages, Protection protection = Protection.ReadWrite) =>
        process.Mmap((ulong)pages * Page, protection, PrivateMemory);

    /// <summary>The flags of the area that an address lies in.</summary>
    public static VmFlags FlagsAt(Process process, UserAddress address) => process.AddressSpace.FindArea(address)!.Flags;

    /// <summary>The entry of <c>mem_map</c> that belongs to the page behind a kernel address.</summary>
    public static Page PageOf(LinuxKernel kernel, KernelAddress address) => kernel.MemMap[kernel.MapNr(address)];
}
