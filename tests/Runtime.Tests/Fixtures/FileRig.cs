using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>A machine with one file on its disk and one process, which has a few pages of memory of its own to read to and write from.</summary>
internal sealed class FileRig : IDisposable
{
    public const string Path = "/file";
    public const int Page = (int)Rig.Page;
    private const ulong BufferPages = 4;

    public FileRig(int size)
    {
        Assert.Equal(Errno.None, Kernel.CreateFile(Path, Pattern(size)));
        Process = Kernel.Spawn();
        Buffer = Process.Mmap(BufferPages * Page, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);
    }

    public Machine Machine { get; } = new(MachineProfile.I386, memorySize: 4 << 20);
    public LinuxKernel Kernel => Machine.Kernel;
    public Process Process { get; }
    public UserAddress Buffer { get; }
    public Inode Inode => Kernel.FindInode(Path)!;
    public byte[] Disk => Kernel.ReadDisk(Path);

    /// <summary>Bytes of which none is zero and neighbours differ.</summary>
    public static byte[] Pattern(int size) => [.. Enumerable.Range(0, size).Select(i => (byte)((i % 251) + 1))];

    public int Open(OpenFlags flags = OpenFlags.ReadWrite, Process? by = null) => (by ?? Process).Open(Path, flags);

    /// <summary>Maps pages of the file, opened for that and closed again.</summary>
    public UserAddress Map(
        int pages,
        MapFlags sharing = MapFlags.Shared,
        Protection protection = Protection.ReadWrite,
        OpenFlags open = OpenFlags.ReadWrite,
        int offset = 0,
        Process? by = null)
    {
        Process process = by ?? Process;
        int fd = Open(open, process);
        UserAddress at = process.Mmap((ulong)(pages * Page), protection, sharing, fd, (ulong)offset);
        process.Close(fd);
        return at;
    }

    /// <summary>Has some pages written back.</summary>
    public void Sync(UserAddress at, int pages, MsyncFlags flags = MsyncFlags.Sync) => Process.Msync(at, (ulong)(pages * Page), flags);

    /// <summary>Calls the <c>swapout</c> method for the first page of an area, as the search for memory does.</summary>
    public Errno Swapout(UserAddress at)
    {
        using KernelLock.Held held = Kernel.Lock.Enter();
        VmArea area = Process.AddressSpace.FindArea(at)!;
        return area.Operations!.Swapout!(area, area.Offset, Entry(at));
    }

    /// <summary>Has the page cache give up pages.</summary>
    public int Shrink(int pages)
    {
        using KernelLock.Held held = Kernel.Lock.Enter();
        return Kernel.Vm.PageCache.Shrink(pages);
    }

    public PageTableEntry Entry(UserAddress at) => Rig.Entry(Kernel, Process, at);

    public byte[] Bytes(UserAddress at, int count)
    {
        var bytes = new byte[count];
        Process.CopyFrom(at, bytes);
        return bytes;
    }

    /// <summary>Reads with the system call into <see cref="Buffer"/> and gives what came.</summary>
    public byte[] Read(int fd, int count) => Bytes(Buffer, (int)Process.Read(fd, Buffer, (ulong)count));

    /// <summary>Writes with the system call by way of <see cref="Buffer"/>.</summary>
    public long Write(int fd, params byte[] bytes)
    {
        Process.CopyTo(Buffer, bytes);
        return Process.Write(fd, Buffer, (ulong)bytes.Length);
    }

    public void Dispose() => Machine.Dispose();
}
