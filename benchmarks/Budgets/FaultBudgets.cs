using System.Runtime.CompilerServices;
using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Benchmarks.Rigs;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Benchmarks.Budgets;

/// <summary>First touches of pages, against the host's. Both sides store: for a load the host would map sixteen pages of a file at once.</summary>
internal static class FaultBudgets
{
    private const int Pages = 4096;

    private static readonly MachineProfile Profile = MachineProfile.I386;

    public static IEnumerable<Budget> All { get; } =
    [
        new("fault-nopage", 0.15, "first touch of a page that a driver's nopage gives", "the host's first touch of a cached page of a file in memory", true, Nopage),
        new("fault-anon", 0.30, "first touch of an anonymous page", "the host's", true, Anonymous),
    ];

    private static ulong Bytes => (ulong)Pages << Profile.PageShift;

    private static Measurement Nopage()
    {
        using var machine = new BenchMachine(Profile, 32 << 20, Pages);
        using var host = new BenchHost(Pages);
        return Interleaved.Medians(() => Fault(machine, machine.MapDevice(Bytes)), () => host.FaultDevice(Pages));
    }

    private static Measurement Anonymous()
    {
        using var machine = new BenchMachine(Profile, 32 << 20);
        return Interleaved.Medians(() => Fault(machine, machine.MapMemory(Bytes)), () => BenchHost.FaultMemory(Pages));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Fault(BenchMachine machine, UserAddress at)
    {
        long start = Clock.Now;
        machine.Touch(at, Pages);
        double taken = Clock.NanosecondsEach(start, Pages);
        machine.Process.Munmap(at, Bytes);
        return taken;
    }
}
