using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Benchmarks.Rigs;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Benchmarks.Budgets;

/// <summary>Forks, against the host's.</summary>
internal static class ForkBudgets
{
    private const int Areas = 10_000;
    private const int GiB = 1 << 30;

    public static IEnumerable<Budget> All { get; } =
    [
        new("fork-10k", 0.20, "fork of 10,000 areas of one touched page each, open called on each", "the host's", true, ManyAreas),
        new("fork-1G", 0.10, "fork with 1 GiB touched, private, in one area", "the host's", true, MuchMemory),
    ];

    private static Measurement ManyAreas()
    {
        using var machine = new BenchMachine(MachineProfile.I386, 64 << 20);
        machine.MapAreas(Areas, touch: true);
        return Compare(machine, host => host.MapAreas(Areas, touch: true));
    }

    private static Measurement MuchMemory()
    {
        using var machine = new BenchMachine(MachineProfile.I386Enterprise, GiB + (GiB / 2));
        machine.Touch(machine.MapMemory(GiB), GiB >> MachineProfile.I386Enterprise.PageShift);
        return Compare(machine, host => host.MapTouched(GiB));
    }

    /// <summary>What the host takes for all else that this process has is not the work in question: it is measured before, and taken off.</summary>
    private static Measurement Compare(BenchMachine machine, Action<BenchHost> prepare)
    {
        double otherwise = Interleaved.Median(BenchHost.Fork);
        using var host = new BenchHost();
        prepare(host);
        return Interleaved.Medians(machine.Fork, () => BenchHost.Fork() - otherwise);
    }
}
