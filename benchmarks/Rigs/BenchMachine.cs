using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Runtime;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Benchmarks.Rigs;

/// <summary>A machine with one process that has the device open; no books are kept unless that is what is measured.</summary>
internal sealed class BenchMachine : IDisposable
{
    /// <summary>Where areas with a gap between any two of them begin: below a third of the user's addresses, where the kernel does not look for room.</summary>
    private static readonly UserAddress Zone = new(0x0100_0000);

    private readonly Machine _machine;
    private readonly ulong _page;
    private readonly int _file;

    public BenchMachine(MachineProfile profile, long memorySize, int devicePages = 1, SanitizerMode sanitizer = SanitizerMode.Off, bool traceCallSites = false)
    {
        _machine = new Machine(profile, memorySize) { Sanitizer = sanitizer, TraceCallSites = traceCallSites };
        _page = (ulong)profile.PageSize;
        Errno error = Kernel.Insert(new BenchDevice(devicePages));
        if (error != Errno.None)
            throw new InvalidOperationException($"The device could not be loaded: {error}");
        Process = Kernel.Spawn();
        _file = Process.Open(BenchDevice.Path, OpenFlags.ReadWrite);
    }

    public LinuxKernel Kernel => _machine.Kernel;

    public Process Process { get; }

    public UserAddress MapMemory(ulong bytes) => Process.Mmap(bytes, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);

    public UserAddress MapDevice(ulong bytes) => Process.Mmap(bytes, Protection.ReadWrite, MapFlags.Shared, _file);

    /// <summary>Stores to each page of a range.</summary>
    public void Touch(UserAddress at, int pages)
    {
        for (int i = 0; i < pages; i++)
            Process.Store(at + ((ulong)i * _page), (byte)1);
    }

    /// <summary>Maps the first page of the device many times, privately, with a gap behind each, so that no two are merged.</summary>
    public void MapAreas(int count, bool touch)
    {
        for (int i = 0; i < count; i++)
        {
            UserAddress at = Place(2 * i);
            Process.Mmap(_page, Protection.ReadWrite, MapFlags.Private | MapFlags.Fixed, _file, 0, at);
            if (touch)
                Process.Store(at, (byte)1);
        }
    }

    /// <summary>Maps one page of the device and unmaps it, again and again, in the gaps between the areas.</summary>
    /// <param name="areas">How many areas there are.</param>
    /// <param name="operations">How often.</param>
    /// <returns>Nanoseconds for both calls.</returns>
    public double MapAndUnmap(int areas, int operations)
    {
        var random = new Random(1);
        long start = Clock.Now;
        for (int i = 0; i < operations; i++)
        {
            UserAddress at = Place((2 * random.Next(areas)) + 1);
            Process.Mmap(_page, Protection.ReadWrite, MapFlags.Shared | MapFlags.Fixed, _file, 0, at);
            Process.Munmap(at, _page);
        }

        return Clock.NanosecondsEach(start, operations);
    }

    /// <summary>Forks; the child's end is not measured.</summary>
    /// <returns>Nanoseconds.</returns>
    public double Fork()
    {
        long start = Clock.Now;
        Process child = Process.Fork();
        double taken = Clock.NanosecondsEach(start, 1);
        child.Exit();
        return taken;
    }

    public void Dispose() => _machine.Dispose();

    private UserAddress Place(int page) => Zone + ((ulong)page * _page);
}
