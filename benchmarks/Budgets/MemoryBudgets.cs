using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Benchmarks.Rigs;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;

namespace MmapAnalyzers.Benchmarks.Budgets;

/// <summary>Bytes: what accesses and faults allocate, and what a mapped page costs beside itself.</summary>
internal static class MemoryBudgets
{
    private const int Pages = 2048;
    private const int MiB = 1 << 20;

    private static readonly MachineProfile Profile = MachineProfile.I386;

    public static IEnumerable<Budget> All { get; } =
    [
        new("alloc-access", 0, "bytes allocated by a load and a store", "one", false, Accesses),
        new("alloc-fault", 0, "bytes allocated by a fault, of a device and of memory", "one", false, Faults),
        new("page-overhead", 0.02, "bytes of bookkeeping for a mapped page", "4096", false, Overhead),
    ];

    private static ulong Bytes => (ulong)Pages << Profile.PageShift;

    private static Measurement Accesses()
    {
        using var machine = new BenchMachine(Profile, 32 * MiB);
        UserAddress at = machine.MapMemory(Bytes);
        return PerOperation(Pages, () => LoadAndStore(machine.Process, at), before: () => machine.Touch(at, Pages));
    }

    private static Measurement Faults()
    {
        using var machine = new BenchMachine(Profile, 64 * MiB, Pages);
        UserAddress device = machine.MapDevice(Bytes);
        UserAddress memory = machine.MapMemory(Bytes);
        return PerOperation(
            2 * Pages,
            () =>
            {
                machine.Touch(device, Pages);
                machine.Touch(memory, Pages);
            },
            before: () =>
            {
                machine.Process.Munmap(device, Bytes);
                machine.Process.Munmap(memory, Bytes);
                device = machine.MapDevice(Bytes);
                memory = machine.MapMemory(Bytes);
            });
    }

    /// <summary>The least of some repetitions: whatever is allocated once, when code runs for the first time, is not an access's.</summary>
    private static Measurement PerOperation(int operations, Action work, Action before)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            before();
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - allocated);
        }

        return new Measurement((double)least / operations, 1, "bytes");
    }

    private static void LoadAndStore(Process process, UserAddress at)
    {
        for (int i = 0; i < Pages; i++)
        {
            UserAddress page = at + ((ulong)i << Profile.PageShift);
            process.Store(page, process.Load<ulong>(page) + 1);
        }
    }

    /// <summary>
    /// Three parts of bookkeeping. Per frame: what a machine with more memory has more of managed memory, less the frames themselves. Per page of one
    /// large mapping: what the managed heap grows by when every page is touched; and the frames that went into page tables.
    /// </summary>
    private static Measurement Overhead()
    {
        const int Mapped = 64 * MiB;
        int pages = Mapped >> Profile.PageShift;
        double perFrame = (ManagedSize(192 * MiB) - ManagedSize(64 * MiB) - (128.0 * MiB)) / ((128 * MiB) >> Profile.PageShift);
        using var machine = new BenchMachine(Profile, 96 * MiB);
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        int free = machine.Kernel.MemMap.FreeCount;
        machine.Touch(machine.MapMemory(Mapped), pages);
        double grown = Math.Max(0, GC.GetTotalMemory(forceFullCollection: true) - managed);
        double tables = (free - machine.Kernel.MemMap.FreeCount - pages) * (double)Profile.PageSize;
        return new Measurement(perFrame + ((grown + tables) / pages), Profile.PageSize, "bytes");
    }

    private static double ManagedSize(int memory)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using var machine = new BenchMachine(Profile, memory);
        return GC.GetTotalMemory(forceFullCollection: true) - before;
    }
}
