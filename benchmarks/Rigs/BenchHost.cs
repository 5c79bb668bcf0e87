using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Benchmarks.Rigs;

/// <summary>The same work on the kernel of this computer, with a file in memory for the device.</summary>
internal sealed class BenchHost : IDisposable
{
    private const ulong Page = 4096;
    private const int ReadWrite = 3;

    /// <summary>Below all that a 64-bit process has of itself.</summary>
    private const ulong Zone = 0x1_0000_0000;

    private readonly List<(ulong Start, ulong Length)> _mappings = [];
    private readonly int _file;

    public BenchHost(int devicePages = 1)
    {
        _file = HostKernel.CreateMemoryFile("bench", (ulong)devicePages * Page);
        for (int i = 0; i < devicePages; i++)
            HostKernel.Must("pwrite", HostKernel.WriteAt(_file, [1], i * (long)Page));
    }

    /// <summary>Maps fresh memory and touches each page of it.</summary>
    /// <returns>Nanoseconds for a touch.</returns>
    public static double FaultMemory(int pages) => Fault(pages, HostKernel.MapPrivate | HostKernel.MapAnonymous, -1);

    /// <summary>Maps the file, shared, and stores to each page of it. A load would not do: the kernel maps sixteen pages for one.</summary>
    /// <returns>Nanoseconds for a touch.</returns>
    public double FaultDevice(int pages) => Fault(pages, HostKernel.MapShared, _file);

    /// <summary>As the machine's.</summary>
    public void MapAreas(int count, bool touch)
    {
        for (int i = 0; i < count; i++)
        {
            ulong at = Zone + (2 * (ulong)i * Page);
            MapAt(at, Page, HostKernel.MapPrivate | HostKernel.MapFixed, _file);
            if (touch)
                Store(at);
        }
    }

    /// <summary>As the machine's.</summary>
    public double MapAndUnmap(int areas, int operations)
    {
        var random = new Random(1);
        long start = Clock.Now;
        for (int i = 0; i < operations; i++)
        {
            ulong at = Zone + (((2 * (ulong)random.Next(areas)) + 1) * Page);
            HostKernel.Must("mmap", HostKernel.Mmap(at, Page, ReadWrite, HostKernel.MapShared | HostKernel.MapFixed, _file, 0));
            HostKernel.Must("munmap", HostKernel.Munmap(at, Page));
        }

        return Clock.NanosecondsEach(start, operations);
    }

    /// <summary>Maps memory and touches all of it.</summary>
    public void MapTouched(ulong bytes)
    {
        MapAt(Zone, bytes, HostKernel.MapPrivate | HostKernel.MapAnonymous | HostKernel.MapFixed, -1);
        HostKernel.ForbidHugePages(Zone, bytes);
        for (ulong at = Zone; at < Zone + bytes; at += Page)
            Store(at);
    }

    /// <summary>As the machine's: only the call itself.</summary>
    public static double Fork()
    {
        long start = Clock.Now;
        int pid = HostKernel.ForkBare();
        double taken = Clock.NanosecondsEach(start, 1);
        HostKernel.End(pid);
        return taken;
    }

    public void Dispose()
    {
        foreach ((ulong start, ulong length) in _mappings)
            HostKernel.Munmap(start, length);
        HostKernel.Close(_file);
    }

    private static double Fault(int pages, int flags, int file)
    {
        ulong length = (ulong)pages * Page;
        var at = (ulong)HostKernel.Must("mmap", HostKernel.Mmap(0, length, ReadWrite, flags, file, 0));
        HostKernel.ForbidHugePages(at, length);
        long start = Clock.Now;
        for (ulong page = at; page < at + length; page += Page)
            Store(page);
        double taken = Clock.NanosecondsEach(start, pages);
        HostKernel.Munmap(at, length);
        return taken;
    }

    private static unsafe void Store(ulong at) => *(byte*)at = 1;

    private void MapAt(ulong at, ulong length, int flags, int file)
    {
        HostKernel.Must("mmap", HostKernel.Mmap(at, length, ReadWrite, flags, file, 0));
        _mappings.Add((at, length));
    }
}
