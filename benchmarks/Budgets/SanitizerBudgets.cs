using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Benchmarks.Rigs;
using MmapAnalyzers.Runtime;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Benchmarks.Budgets;

/// <summary>What keeping books costs: the same life of a driver with the sanitizer on and off.</summary>
internal static class SanitizerBudgets
{
    private const int Pages = 256;

    private static readonly MachineProfile Profile = MachineProfile.I386;

    public static IEnumerable<Budget> All { get; } =
    [
        new("sanitizer-count", 1.3, "maps, faults, loads, stores, forks and copies with books kept", "the same without", false, () => Compare(traceCallSites: false)),
        new("sanitizer-trace", 3, "the same with call sites in the books", "without books", false, () => Compare(traceCallSites: true)),
    ];

    private static ulong Bytes => (ulong)Pages << Profile.PageShift;

    private static Measurement Compare(bool traceCallSites)
    {
        using var kept = new BenchMachine(Profile, 32 << 20, Pages, SanitizerMode.Report, traceCallSites);
        using var off = new BenchMachine(Profile, 32 << 20, Pages);
        return Interleaved.Medians(() => Live(kept), () => Live(off));
    }

    /// <summary>A device and memory are mapped, filled, summed up, inherited by a child that changes its copy, cut and unmapped.</summary>
    private static double Live(BenchMachine machine)
    {
        long start = Clock.Now;
        UserAddress device = machine.MapDevice(Bytes);
        UserAddress memory = machine.MapMemory(Bytes);
        machine.Touch(device, Pages);
        machine.Touch(memory, Pages);
        ulong sum = Sum(machine.Process, device) + Sum(machine.Process, memory);
        Process child = machine.Process.Fork();
        for (int i = 0; i < Pages; i++)
            child.Store(memory + ((ulong)i << Profile.PageShift), sum);
        machine.Process.Munmap(device + (Bytes / 2), (ulong)Profile.PageSize);
        child.Exit();
        machine.Process.Munmap(device, Bytes);
        machine.Process.Munmap(memory, Bytes);
        return Clock.NanosecondsEach(start, 1);
    }

    private static ulong Sum(Process process, UserAddress at)
    {
        ulong sum = 0;
        for (ulong done = 0; done < Bytes; done += sizeof(ulong))
            sum += process.Load<ulong>(at + done);
        return sum;
    }
}
